package dev.linkedrole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Health check of the service that runs beside it, for images without a shell or an HTTP client. It uses one socket and
 * little of the JDK, since it is a process of its own each time.
 */
final class HealthProbe {

    static final String COMMAND = "health";

    /** Liveness, and not readiness: who restarts an unhealthy container does not bring back an AWS that is away. */
    private static final String DEFAULT_PATH = "/q/health/live";

    private static final String DEFAULT_PORT = "9000";
    private static final Set<String> ANY_ADDRESS = Set.of("", "0.0.0.0", "::", "localhost");
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final Map<String, String> environment;

    /**
     * @param environment the service's own environment, which says where it listens
     */
    HealthProbe(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Sends one request.
     *
     * @param args {@link #COMMAND}, and optionally the path of another check
     * @return exit status: 0 if the answer is 200
     */
    int run(String... args) {
        try {
            String answer = answer(args.length > 1 ? args[1] : DEFAULT_PATH);
            if (answer.startsWith("HTTP/1.1 200")) {
                return 0;
            }
            System.err.println(answer);
        } catch (IOException e) {
            System.err.println("no answer: " + e);
        }
        return 1;
    }

    private String answer(String path) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address(), (int) TIMEOUT.toMillis());
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return status == null ? "closed without an answer" : status;
        }
    }

    private InetSocketAddress address() throws IOException {
        String host = environment.getOrDefault("QUARKUS_MANAGEMENT_HOST", "");
        return new InetSocketAddress(
                ANY_ADDRESS.contains(host) ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host),
                Integer.parseInt(environment.getOrDefault("QUARKUS_MANAGEMENT_PORT", DEFAULT_PORT)));
    }
}
