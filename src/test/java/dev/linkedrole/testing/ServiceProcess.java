package dev.linkedrole.testing;

import static org.awaitility.Awaitility.await;

import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The packaged service as a process of its own, on ports of its own. The system property {@code service.executable} names a
 * native executable to start in the place of the jar.
 */
public final class ServiceProcess implements AutoCloseable {

    /** Maximum time for a shutdown, in seconds. */
    private static final long STOP_SECONDS = 30;

    private static final Duration START = Duration.ofMinutes(2);

    /** JVM options for a quick start: no test runs long enough for full optimization to pay off. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path log;
    private final URI api;
    private final URI health;
    private final Thread atExit;

    private ServiceProcess(Process process, Path log, URI api, URI health) {
        this.process = process;
        this.log = log;
        this.api = api;
        this.health = health;
        this.atExit = new Thread(process::destroyForcibly, "service-stop");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts the service.
     *
     * @param environment environment variables in addition to the deployment's own
     */
    public static ServiceProcess start(Deployment deployment, Map<String, String> environment) {
        String executable = System.getProperty("service.executable", "");
        return start(
                executable.isBlank()
                        ? onJvm(List.of())
                        : List.of(required(Path.of(executable)).toString()),
                deployment,
                environment);
    }

    /** Starts the jar with further options of the JVM, whichever kind is tested. */
    public static ServiceProcess startOnJvm(
            List<String> options, Deployment deployment, Map<String, String> environment) {
        return start(onJvm(options), deployment, environment);
    }

    private static List<String> onJvm(List<String> options) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path jar = required(LocalAws.projectDirectory().resolve("target/quarkus-app/quarkus-run.jar"));
        return Stream.of(
                        Stream.of(java.toString()),
                        QUICK_START.stream(),
                        options.stream(),
                        Stream.of("-jar", jar.toString()))
                .flatMap(part -> part)
                .toList();
    }

    private static Path required(Path packaged) {
        if (!Files.isRegularFile(packaged)) {
            throw new IllegalStateException("there is no " + packaged + ": these tests are run by `mvn verify`");
        }
        return packaged;
    }

    private static ServiceProcess start(List<String> command, Deployment deployment, Map<String, String> environment) {
        int port = LocalAws.freePort();
        int management = LocalAws.freePort();
        Map<String, String> variables = new HashMap<>(deployment.environment());
        variables.put("LINKED_ROLE_API_PASSWORD", Operator.PASSWORD);
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        variables.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        variables.putAll(environment);
        try {
            Path logs = Files.createDirectories(LocalAws.projectDirectory().resolve("target/service-logs"));
            Path log = Files.createTempFile(logs, deployment.name() + "-", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LINKED_ROLE_"));
            builder.environment().putAll(variables);
            return new ServiceProcess(
                    builder.start(),
                    log,
                    URI.create("http://127.0.0.1:" + port),
                    URI.create("http://127.0.0.1:" + management + "/q/health/ready"));
        } catch (IOException e) {
            throw new UncheckedIOException("the service cannot be started", e);
        }
    }

    /** Base of the API's addresses. */
    public URI api() {
        return api;
    }

    /** Base of the addresses for machines: health and metrics. */
    public URI management() {
        return health.resolve("/");
    }

    /** Response of the readiness endpoint, with the status; empty until it answers. */
    public String readiness() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(30))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException notYet) {
            requireRunning();
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void requireRunning() {
        if (!process.isAlive()) {
            throw new AssertionError("the service ended with " + process.exitValue() + ":\n" + log());
        }
    }

    /** Waits until the service is ready. */
    public ServiceProcess awaitReady() {
        await("the service to be ready").atMost(START).until(() -> readiness().startsWith("200 "));
        return this;
    }

    /** Waits until the service exits by itself. */
    public int awaitEnd() {
        return exitValueWithin(START.toSeconds());
    }

    /** Sends the service a SIGTERM and waits until it exits. */
    public int terminate() {
        process.destroy();
        return exitValueWithin(STOP_SECONDS);
    }

    private int exitValueWithin(long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new AssertionError("the service still runs after " + seconds + " s:\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return process.exitValue();
    }

    /** Kills the service without a shutdown. */
    public void kill() {
        process.destroyForcibly();
        exitValueWithin(STOP_SECONDS);
    }

    /** Log of the service so far. */
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("no log to be read", e);
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
