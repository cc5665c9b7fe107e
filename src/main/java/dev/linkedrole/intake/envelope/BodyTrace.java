package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the trace context that a message's body carries: the message attributes in an SNS notification, and the
 * extension of a CloudEvent.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md">Distributed
 *     Tracing</a>
 */
public final class BodyTrace {

    private static final String TRACE_PARENT = "traceparent";
    private static final List<String> FIELDS = List.of(TRACE_PARENT, "tracestate");

    private BodyTrace() {}

    /** Lists the trace contexts in a body, in ascending precedence. A body that is not JSON has none. */
    public static List<Map<String, String>> in(String body) {
        // Most messages have no trace context, and are not parsed twice.
        if (!body.contains(TRACE_PARENT)) {
            return List.of();
        }
        try {
            JsonNode outer = StrictJson.MAPPER.readTree(body);
            JsonNode event = EnvelopeReader.cloudEvent(EnvelopeReader.eventIn(outer));
            return List.of(extension(event), attributes(outer.path("MessageAttributes")));
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    private static Map<String, String> extension(JsonNode event) {
        Map<String, String> context = new HashMap<>();
        FIELDS.forEach(field -> text(event.path(field)).ifPresent(value -> context.put(field, value)));
        return context;
    }

    private static Map<String, String> attributes(JsonNode attributes) {
        Map<String, String> context = new HashMap<>();
        FIELDS.forEach(field -> Optional.of(attributes.path(field))
                .filter(attribute -> attribute.path("Type").asText().equals("String"))
                .flatMap(attribute -> text(attribute.path("Value")))
                .ifPresent(value -> context.put(field, value)));
        return context;
    }

    private static Optional<String> text(JsonNode value) {
        return Optional.ofNullable(value.textValue());
    }
}
