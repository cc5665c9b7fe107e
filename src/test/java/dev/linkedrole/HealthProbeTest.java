package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The health check exits with 0 for an answer of 200 alone. */
class HealthProbeTest {

    @ParameterizedTest
    @CsvSource({
        "200, '', health, 0",
        "200, 0.0.0.0, health, 0",
        "200, 127.0.0.1, health, 0",
        "503, '', health, 1",
        "404, '', health, 1",
        "503, '', health /q/health/ready, 0",
    })
    void it_asks_for_liveness_unless_told_otherwise(int live, String host, String args, int status) throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(service, "/q/health/live", live);
        answer(service, "/q/health/ready", 200);
        service.start();
        try {
            Map<String, String> environment = Map.of(
                    "QUARKUS_MANAGEMENT_HOST",
                    host,
                    "QUARKUS_MANAGEMENT_PORT",
                    String.valueOf(service.getAddress().getPort()));

            assertThat(new HealthProbe(environment).run(args.split(" "))).isEqualTo(status);
        } finally {
            service.stop(0);
        }
    }

    @Test
    void where_nobody_listens_nothing_is_healthy() throws IOException {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        assertThat(new HealthProbe(Map.of("QUARKUS_MANAGEMENT_PORT", String.valueOf(closed))).run(HealthProbe.COMMAND))
                .isEqualTo(1);
    }

    private static void answer(HttpServer service, String path, int status) {
        service.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
