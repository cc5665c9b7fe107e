package dev.linkedrole.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The image as a container: its file system read-only and with nothing writable in it, without any capability, and within
 * its memory. It is on this machine's network, since the local AWS listens on the loopback interface alone.
 */
final class ServiceContainer implements AutoCloseable {

    /** The service gets 30 s to drain. */
    private static final int STOP_SECONDS = 40;

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(20);

    private final HttpClient http = HttpClient.newHttpClient();

    private final String id;
    private final int api;
    private final int management;
    private final long begun;

    private ServiceContainer(String id, int api, int management, long begun) {
        this.id = id;
        this.api = api;
        this.management = management;
        this.begun = begun;
    }

    /** Starts one that uses a deployment, on ports of its own. */
    static ServiceContainer start(ServiceImage image, Deployment deployment, Map<String, String> settings) {
        int api = LocalAws.freePort();
        int management = LocalAws.freePort();
        Map<String, String> environment = new HashMap<>(deployment.environment());
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(api));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(management));
        environment.putAll(settings);
        List<String> command = confined(image);
        command.add("--network=host");
        environment.forEach((name, value) -> command.add("--env=" + name + "=" + value));
        command.add(image.name());
        long begun = System.nanoTime();
        return new ServiceContainer(Docker.run(command), api, management, begun);
    }

    /** Starts one with the image's own ports and hosts, published on this machine's loopback interface. It reaches no AWS. */
    static ServiceContainer startAlone(ServiceImage image) {
        List<String> command = confined(image);
        command.addAll(List.of(
                "--publish=127.0.0.1::8080",
                "--publish=127.0.0.1::9000",
                "--env=AWS_REGION=us-east-1",
                "--env=AWS_ENDPOINT_URL=http://127.0.0.1:9",
                "--env=AWS_ACCESS_KEY_ID=test",
                "--env=AWS_SECRET_ACCESS_KEY=test",
                image.name()));
        long begun = System.nanoTime();
        String id = Docker.run(command);
        return new ServiceContainer(id, published(id, 8080), published(id, 9000), begun);
    }

    private static List<String> confined(ServiceImage image) {
        String memory = image.memoryMegabytes() + "m";
        return new ArrayList<>(List.of(
                "run",
                "--detach",
                "--read-only",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--memory=" + memory,
                "--memory-swap=" + memory));
    }

    private static int published(String id, int port) {
        String address = Docker.run("port", id, port + "/tcp");
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Waits until it is ready, and returns how long that took since it was started. */
    Duration awaitReady() {
        await("readiness")
                .atMost(START)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> status(management, "/q/health/ready") == 200);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Status of a GET of the API, without credentials. */
    int api(String path) {
        return status(api, path);
    }

    /** Status of a GET of the management port; 0 while nothing answers. */
    int management(String path) {
        return status(management, path);
    }

    private int status(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            assertThat(inspect("{{.State.Running}}")).as(this::log).isEqualTo("true");
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Sends it a SIGTERM and returns its exit status. */
    int stop() {
        Docker.run("stop", "--time=" + STOP_SECONDS, id);
        return Integer.parseInt(inspect("{{.State.ExitCode}}"));
    }

    /** Waits until it ends by itself. */
    int awaitEnd() {
        return Integer.parseInt(Docker.run("wait", id));
    }

    /** Runs a command in it; true if it exits with 0. */
    boolean succeeds(List<String> command) {
        List<String> all = new ArrayList<>(List.of("exec", id));
        all.addAll(command);
        return Docker.succeeds(all.toArray(String[]::new));
    }

    String inspect(String template) {
        return Docker.run("inspect", "--format", template, id);
    }

    String log() {
        return Docker.run("logs", id);
    }

    ControlGroup memory() {
        return ControlGroup.of(pid());
    }

    private long pid() {
        return Long.parseLong(inspect("{{.State.Pid}}"));
    }

    /** User and system time of its first process, in seconds. */
    double cpuSeconds() {
        Duration used = ProcessHandle.of(pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IllegalStateException("the engine is not on this machine"));
        return used.toMillis() / 1e3;
    }

    @Override
    public void close() {
        Docker.run("rm", "--force", "--volumes", id);
        http.close();
    }
}
