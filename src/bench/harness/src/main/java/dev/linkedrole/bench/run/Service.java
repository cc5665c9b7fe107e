package dev.linkedrole.bench.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process, and what it has used. It ends when it is closed, and at the latest with the conductor. */
final class Service implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

    /** Linux counts processor time in these, whatever the kernel's own tick is. */
    private static final double TICKS_PER_SECOND = 100;

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final Process process;
    private final Started started;
    private final Thread stop;

    /**
     * How a start went.
     *
     * @param seconds until it was ready
     * @param cpuSeconds user and system time of all its threads until then
     * @param residentKilobytes memory then
     */
    record Started(double seconds, double cpuSeconds, long residentKilobytes) {}

    private Service(Process process, Started started, Thread stop) {
        this.process = process;
        this.started = started;
        this.stop = stop;
    }

    /** Starts it and waits until it is ready. */
    static Service start(Aws aws, Launch launch, Map<String, String> settings, Path log)
            throws IOException, InterruptedException {
        int management = freePort();
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(launch.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment(aws, management));
        builder.environment().putAll(settings);
        long begin = System.nanoTime();
        Process process = builder.start();
        Thread stop = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            awaitReady(process, management, log);
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Service(
                    process, new Started(seconds, cpuSeconds(process.pid()), kilobytes(process.pid(), "VmRSS:")), stop);
        } catch (IOException | InterruptedException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Map<String, String> environment(Aws aws, int management) throws IOException {
        return Map.of(
                // What has no endpoint of its own is asked at a place that knows nothing of it, and not at AWS.
                "AWS_ENDPOINT_URL", aws.iam().toString(),
                "AWS_ENDPOINT_URL_SQS", aws.sqs().toString(),
                "AWS_ENDPOINT_URL_DYNAMODB", aws.dynamoDb().toString(),
                "AWS_ENDPOINT_URL_IAM", aws.iam().toString(),
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "QUARKUS_HTTP_PORT", Integer.toString(freePort()),
                "QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
    }

    private static void awaitReady(Process process, int management, Path log) throws IOException, InterruptedException {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < limit) {
            if (!process.isAlive()) {
                throw new IOException("the service ended with " + process.exitValue() + "; see " + log);
            }
            try {
                if (HTTP.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new IOException("the service was not ready within " + START_LIMIT + "; see " + log);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Started started() {
        return started;
    }

    double cpuSeconds() throws IOException {
        return cpuSeconds(process.pid());
    }

    long peakKilobytes() throws IOException {
        return kilobytes(process.pid(), "VmHWM:");
    }

    /** From {@code /proc}; on systems without it, what Java knows, which is nothing of memory. */
    static double cpuSeconds(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.isReadable(stat)) {
            return ProcessHandle.of(pid)
                            .flatMap(handle -> handle.info().totalCpuDuration())
                            .orElse(Duration.ZERO)
                            .toMillis()
                    / 1e3;
        }
        String line = Files.readString(stat);
        // The second field is the command, which may hold anything; what follows its bracket is the third.
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    private static long kilobytes(long pid, String what) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(what))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    /** As an operator stops it, so that what it does at its end (as writing an AOT cache) is done. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(stop);
    }
}
