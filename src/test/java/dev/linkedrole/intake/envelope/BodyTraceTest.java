package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trace contexts in a message's body, the one that counts most last. */
class BodyTraceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String OTHER = "00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01";

    private final ObjectNode event = Envelopes.CLOUD_EVENT
            .wrap(Instance.random().created(0))
            .put("traceparent", ONE)
            .put("tracestate", "a=1");

    @Test
    void the_extension_of_a_cloud_event_is_read() {
        assertThat(BodyTrace.in(event.toString())).containsExactly(extension(), Map.of());
    }

    @Test
    void an_event_inside_an_eventbridge_event_is_found() {
        ObjectNode carrier =
                Envelopes.EVENT_BRIDGE_OF_CLOUD_EVENT.wrap(Instance.random().created(0));
        carrier.put("traceparent", OTHER).set("detail", event);

        assertThat(BodyTrace.in(carrier.toString())).containsExactly(extension(), Map.of());
    }

    @Test
    void the_detail_of_what_is_a_cloud_event_itself_does_not_count() {
        ObjectNode both = event.deepCopy().put("detail-type", "created");
        both.set("detail", event.deepCopy().put("traceparent", OTHER));

        assertThat(BodyTrace.in(both.toString())).containsExactly(extension(), Map.of());
    }

    @Test
    void the_detail_of_what_has_no_type_of_a_detail_does_not_count() {
        ObjectNode untyped = JSON.createObjectNode().put("traceparent", OTHER);
        untyped.set("detail", event);

        assertThat(BodyTrace.in(untyped.toString())).containsExactly(Map.of("traceparent", OTHER), Map.of());
    }

    @Test
    void the_attributes_of_a_notification_count_more_than_the_event_in_it() {
        // Given
        ObjectNode notification = notification();
        ObjectNode attributes = notification.putObject("MessageAttributes");
        attribute(attributes, "traceparent", "String", OTHER);
        attribute(attributes, "tracestate", "String", "b=2");
        attribute(attributes, "colour", "String", "green");

        // Then
        assertThat(BodyTrace.in(notification.toString()))
                .containsExactly(extension(), Map.of("traceparent", OTHER, "tracestate", "b=2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Binary", "String.Array", ""})
    void an_attribute_of_another_type_does_not_count(String type) {
        ObjectNode notification = notification();
        attribute(notification.putObject("MessageAttributes"), "traceparent", type, OTHER);

        assertThat(BodyTrace.in(notification.toString())).containsExactly(extension(), Map.of());
    }

    @Test
    void a_message_field_without_a_type_makes_no_notification() {
        ObjectNode untyped = notification().put("traceparent", OTHER);
        untyped.remove("Type");

        assertThat(BodyTrace.in(untyped.toString())).containsExactly(Map.of("traceparent", OTHER), Map.of());
    }

    @ParameterizedTest
    @EnumSource
    void an_event_without_a_trace_has_no_context(Envelopes wrapping) {
        assertThat(BodyTrace.in(wrapping.wrap(Instance.random().created(0)).toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "{\"traceparent\":"})
    void what_is_no_json_has_no_context(String body) {
        assertThat(BodyTrace.in(body)).isEmpty();
    }

    private static Map<String, String> extension() {
        return Map.of("traceparent", ONE, "tracestate", "a=1");
    }

    private ObjectNode notification() {
        return JSON.createObjectNode().put("Type", "Notification").put("Message", event.toString());
    }

    private static void attribute(ObjectNode attributes, String name, String type, String value) {
        ObjectNode attribute = attributes.putObject(name);
        attribute.put("Type", type).put("Value", value);
    }
}
