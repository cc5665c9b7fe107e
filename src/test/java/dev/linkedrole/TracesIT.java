package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.time.TestTimeout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged service where traces are exported. */
@Tag("aws")
class TracesIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String TRACE_PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    private final Queue<byte[]> exported = new ConcurrentLinkedQueue<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            exported.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void close() {
        collector.stop(0);
    }

    @Test
    void what_became_of_a_message_is_in_its_senders_trace() {
        // Given
        Deployment deployment = Deployment.provision();
        try (ServiceProcess service = start(deployment, "false");
                Fleet fleet = new Fleet(deployment, 0, new Random(0))) {

            // When
            send(fleet, Map.of("traceparent", TRACE_PARENT));

            // Then its span is exported in that trace, as the bytes that OTLP has for it
            await("the span").atMost(TestTimeout.LONGEST).until(this::isExported);
            assertThat(service.log()).contains("traceId=" + TRACE);
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void by_default_traces_are_logged_and_not_exported() {
        // Given
        Deployment deployment = Deployment.provision();
        try (ServiceProcess service = start(deployment, "true");
                Fleet fleet = new Fleet(deployment, 0, new Random(0))) {

            // When one message has a trace and another has none
            send(fleet, Map.of("traceparent", TRACE_PARENT));
            send(fleet, Map.of());
            fleet.producer().awaitQuiet();

            // Then
            assertThat(service.terminate()).isZero();
            assertThat(service.log()).containsOnlyOnce("traceId=").contains("traceId=" + TRACE);
            assertThat(exported).isEmpty();
        }
    }

    private ServiceProcess start(Deployment deployment, String disabled) {
        return ServiceProcess.start(
                deployment,
                Map.of(
                        "QUARKUS_OTEL_SDK_DISABLED",
                        disabled,
                        "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL",
                        "http/protobuf",
                        "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                        "http://127.0.0.1:" + collector.getAddress().getPort()));
    }

    private static void send(Fleet fleet, Map<String, String> attributes) {
        Instance instance = Instance.random();
        fleet.producer()
                .queue(Inbox.INSTANCE_CREATED)
                .send(
                        Envelopes.CLOUD_EVENT.wrap(instance.created(0)).toString(),
                        attributes,
                        instance.id().value());
    }

    private boolean isExported() {
        String trace = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
        return exported.stream()
                .map(body -> new String(body, StandardCharsets.ISO_8859_1))
                .anyMatch(body -> body.contains(trace) && body.contains("process instance-created"));
    }
}
