package dev.linkedrole.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The packaged service as a process of its own, as an operator would run it. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String password = UUID.randomUUID().toString();
    private final int apiPort = freePort();
    private final int managementPort = freePort();
    private final Process process;

    /** @param environment settings of its own */
    ServiceProcess(String jar, Path log, Map<String, String> environment) throws IOException {
        Files.createDirectories(log.getParent());
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        jar)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        command.environment().putAll(environment);
        command.environment().put("QUARKUS_HTTP_PORT", Integer.toString(apiPort));
        command.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        command.environment().put("LINKED_ROLE_API_PASSWORD", password);
        process = command.start();
        // If the demo itself is stopped, the service stops, too.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    void awaitReady() {
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
        Awaitility.await("the service to be ready")
                .atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the service ended with " + process.exitValue());
                    }
                    return http.send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                });
    }

    /** Returns the API's response to an operator. */
    String get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /** Returns the API's response to an operator who posts JSON. */
    String post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        String credentials =
                Base64.getEncoder().encodeToString(("operator:" + password).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + apiPort + path))
                .header("Authorization", "Basic " + credentials);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Stops the service as an orchestrator does and returns its exit status. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("this machine has no free port", e);
        }
    }
}
