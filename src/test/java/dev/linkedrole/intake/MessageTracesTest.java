package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.linkedrole.intake.consumer.MessageAttribute;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.role.model.Rejection;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTracesTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACE_PARENT = "00-" + TRACE + "-" + PARENT + "-01";
    private static final String X_RAY_TRACE = "5759e988bd862e3fe1be46a994272793";
    private static final String X_RAY = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    private static final Rejection REJECTION = new Rejection(Rejection.Reason.NOT_JSON, "is not JSON");

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider sdk = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();
    private final MessageTraces traces = new MessageTraces(sdk.get("test"), Channel.FEATURE_ENABLED);

    @AfterEach
    void close() {
        sdk.close();
    }

    @Test
    void the_trace_in_a_senders_attributes_is_gone_on_with() {
        // Given
        RecordedDelivery delivery =
                delivery(Optional.empty(), Map.of("traceparent", TRACE_PARENT, "tracestate", "a=1"));

        // When
        traces.begin(delivery).nack(new IllegalStateException("no table"));

        // Then
        SpanData span = only();
        assertThat(span.getTraceId()).isEqualTo(TRACE);
        assertThat(span.getParentSpanId()).isEqualTo(PARENT);
        assertThat(span.getSpanContext().getTraceState().get("a")).isEqualTo("1");
        assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(span.getName()).isEqualTo("process feature-enabled");
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(delivery.dispositions).containsExactly("returned");
    }

    @Test
    void so_is_the_one_that_aws_passes_on_if_there_is_no_other() {
        // When
        traces.begin(delivery(Optional.of(X_RAY), Map.of())).reject(REJECTION);
        traces.begin(delivery(Optional.of(X_RAY), Map.of("traceparent", TRACE_PARENT)))
                .reject(REJECTION);

        // Then
        assertThat(spans.getFinishedSpanItems())
                .extracting(SpanData::getTraceId)
                .containsExactly(X_RAY_TRACE, TRACE);
    }

    @Test
    void the_trace_in_a_body_counts_where_the_message_names_none() {
        // Given
        String other = "00-" + X_RAY_TRACE + "-" + PARENT + "-01";
        String extended = "{\"specversion\":\"1.0\",\"traceparent\":\"" + TRACE_PARENT + "\",\"tracestate\":\"a=1\"}";
        String notification = "{\"Type\":\"Notification\",\"Message\":" + TextNode.valueOf(extended)
                + ",\"MessageAttributes\":{\"traceparent\":{\"Type\":\"String\",\"Value\":\"" + other + "\"}}}";

        // Then the extension is read, in each envelope
        assertThat(trace(extended, Optional.empty())).isEqualTo(TRACE);
        assertThat(trace("{\"detail-type\":\"x\",\"detail\":" + extended + "}", Optional.empty()))
                .isEqualTo(TRACE);
        assertThat(trace(notification.replace("\"MessageAttributes\"", "\"More\""), Optional.empty()))
                .isEqualTo(TRACE);
        assertThat(spans.getFinishedSpanItems())
                .allMatch(
                        span -> "1".equals(span.getSpanContext().getTraceState().get("a")));

        // And what SNS says counts more, and what SQS says counts most
        assertThat(trace(notification, Optional.empty())).isEqualTo(X_RAY_TRACE);
        assertThat(trace(notification.replace(other, TRACE_PARENT), Optional.of(X_RAY)))
                .isEqualTo(X_RAY_TRACE);
        assertThat(trace(notification.replace(other, "00-nothing"), Optional.empty()))
                .isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "traceparent",
                "{\"traceparent\":",
                "[\"traceparent\"]",
                "{\"specversion\":\"1.0\",\"traceparent\":7}",
                "{\"specversion\":\"1.0\",\"traceparent\":\"00-0-0-01\"}",
                "{\"Type\":\"Notification\",\"Message\":\"{\",\"MessageAttributes\":{\"traceparent\":{}}}",
                "{\"Type\":\"Notification\",\"Message\":\"{}\",\"MessageAttributes\":[\"traceparent\"]}"
            })
    void a_body_that_names_no_trace_counts_for_nothing(String body) {
        trace(body, Optional.empty());
        assertThat(only().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    private String trace(String body, Optional<String> traceHeader) {
        RecordedDelivery delivery = new RecordedDelivery(
                new ReceivedMessage("m-1", "r-1", body, 1, Optional.empty(), traceHeader, Map.of()));
        traces.begin(delivery).reject(REJECTION);
        return spans.getFinishedSpanItems().getLast().getTraceId();
    }

    @Test
    void messages_of_a_batch_are_each_in_their_own_trace() {
        // When
        TracedDelivery first = traces.begin(delivery(Optional.empty(), Map.of("traceparent", TRACE_PARENT)));
        TracedDelivery second = traces.begin(delivery(Optional.of(X_RAY), Map.of()));
        TracedDelivery third = traces.begin(delivery(Optional.empty(), Map.of()));
        List.of(first, second, third).forEach(traced -> traced.reject(REJECTION));

        // Then the one without begins one of its own
        assertThat(first.traceId()).contains(TRACE);
        assertThat(second.traceId()).contains(X_RAY_TRACE);
        assertThat(third.traceId()).isPresent().get().isNotIn(TRACE, X_RAY_TRACE);
        assertThat(spans.getFinishedSpanItems().getLast().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-and-more",
                "${jndi:ldap://there/x}",
                "Root=;Parent=;Sampled=;Self"
            })
    void what_names_no_trace_counts_for_nothing(String header) {
        // When
        RecordedDelivery delivery = delivery(Optional.of(header), Map.of("traceparent", header, "tracestate", header));
        traces.begin(delivery).reject(REJECTION);

        // Then
        assertThat(only().getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(delivery.dispositions).containsExactly("not-json");
    }

    @Test
    void binary_and_lookalike_trace_attributes_are_ignored() {
        // Given
        RecordedDelivery delivery = new RecordedDelivery(message(
                Optional.empty(),
                Map.of(
                        "traceparent",
                        MessageAttribute.Binary.of("Binary", TRACE_PARENT.getBytes(StandardCharsets.UTF_8)),
                        "X-Amzn-Trace-Id",
                        new MessageAttribute.Text("String", X_RAY))));

        // When
        traces.begin(delivery).reject(REJECTION);

        // Then
        assertThat(only().getParentSpanId()).isEqualTo(SpanId.getInvalid());
    }

    @Test
    void a_trace_is_known_where_no_spans_are_kept() {
        // Given
        MessageTraces silent = new MessageTraces(TracerProvider.noop().get("none"), Channel.FEATURE_ENABLED);

        // Then
        assertThat(silent.begin(delivery(Optional.empty(), Map.of("traceparent", TRACE_PARENT)))
                        .traceId())
                .contains(TRACE);
        assertThat(silent.begin(delivery(Optional.empty(), Map.of())).traceId()).isEmpty();
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    private SpanData only() {
        assertThat(spans.getFinishedSpanItems()).hasSize(1);
        return spans.getFinishedSpanItems().getFirst();
    }

    private static RecordedDelivery delivery(Optional<String> traceHeader, Map<String, String> attributes) {
        return new RecordedDelivery(message(
                traceHeader,
                attributes.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> new MessageAttribute.Text("String", entry.getValue())))));
    }

    private static ReceivedMessage message(Optional<String> traceHeader, Map<String, MessageAttribute> attributes) {
        return new ReceivedMessage("m-1", "r-1", "{}", 1, Optional.empty(), traceHeader, attributes);
    }
}
