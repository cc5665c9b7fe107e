package dev.linkedrole.intake.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rejection of a nearly right message names the field that was meant and the expected form. */
class NearMissTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instance INSTANCE = Instance.random();
    private static final String TIME = "time must be a time in RFC 3339, such as 2026-11-23T09:00:00Z, ";

    private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);

    /**
     * A message that is nearly right.
     *
     * @param body the message
     * @param said the reason, and the whole sentence
     */
    record Miss(String fault, String body, String said) {
        @Override
        public String toString() {
            return fault;
        }
    }

    static Stream<Miss> misses() {
        return Stream.of(bodies(), records(), envelopes(), fields(), times()).flatMap(misses -> misses);
    }

    private static Stream<Miss> bodies() {
        ArrayNode pointer = JSON.createArrayNode().add("software.amazon.payloadoffloading.PayloadS3Pointer");
        pointer.addObject().put("s3BucketName", "acme").put("s3Key", "a1");
        return Stream.of(
                new Miss(
                        "a batch",
                        JSON.createArrayNode().add(event()).add(event()).toString(),
                        "not-json: the body must be a JSON object, not an array: send each event as a message of its own"),
                new Miss(
                        "an extended client's pointer",
                        pointer.toString(),
                        "not-json: the body must be a JSON object, not the pointer that an SQS extended client sends for a body"
                                + " in S3: send the event itself"),
                new Miss(
                        "an event serialized twice",
                        JSON.getNodeFactory().textNode(event().toString()).toString(),
                        "not-json: the body must be a JSON object, not a JSON string that holds one: the event was serialized"
                                + " twice"),
                new Miss("a number", "7", "not-json: the body must be a JSON object"),
                new Miss("a text", "\"hello\"", "not-json: the body must be a JSON object"),
                new Miss("a text with a brace", "\"{hello\"", "not-json: the body must be a JSON object"),
                new Miss(
                        "a batch inside SNS",
                        JSON.createObjectNode()
                                .put("Type", "Notification")
                                .put("Message", "[]")
                                .toString(),
                        "not-json: Message must be a JSON object, not an array: send each event as a message of its own"));
    }

    private static Stream<Miss> records() {
        ObjectNode lambda = JSON.createObjectNode();
        lambda.putArray("Records").addObject().put("messageId", "m1").put("body", event().toString());
        return Stream.of(
                new Miss(
                        "the event of a Lambda function",
                        lambda.toString(),
                        "unknown-envelope: the body is no known envelope: it is a list of records in Records: send what is in"
                                + " the body of each as a message of its own"),
                new Miss(
                        "a record of it",
                        lambda.at("/Records/0").toString(),
                        "unknown-envelope: the body is no known envelope: it is a whole SQS message: send what is in its field"
                                + " body"),
                new Miss(
                        "a message as it was received",
                        JSON.createObjectNode()
                                .put("ReceiptHandle", "r1")
                                .put("Body", event().toString())
                                .toString(),
                        "unknown-envelope: the body is no known envelope: it is a whole SQS message: send what is in its field"
                                + " Body"));
    }

    private static Stream<Miss> envelopes() {
        String unknown = "unknown-envelope: the body is no known envelope: it ";
        return Stream.of(
                renamed(
                        "specversion",
                        "specVersion",
                        unknown + "has 'specVersion', which must be specversion in a CloudEvent"),
                renamed(
                        "specversion",
                        "spec_version",
                        unknown + "has 'spec_version', which must be specversion in a CloudEvent"),
                renamed(
                        "specversion",
                        "ce-specversion",
                        unknown + "has 'ce-specversion', which must be specversion in a CloudEvent"),
                renamed(
                        "specversion",
                        "cloudEvents_specversion",
                        unknown + "has 'cloudEvents_specversion', which must be specversion in a CloudEvent"),
                renamed(
                        "detail-type",
                        "detail_type",
                        unknown + "has 'detail_type', which must be detail-type in an EventBridge event"),
                renamed(
                        "detail-type",
                        "DetailType",
                        unknown + "has 'DetailType', which must be detail-type in an EventBridge event"),
                new Miss(
                        "the data alone, as in binary mode",
                        event().get("data").toString(),
                        unknown
                                + "is an event's data alone: send the whole event in the body, with its data in the field data"
                                + " of a CloudEvent"),
                new Miss(
                        "nothing known",
                        "{\"hello\": \"world\"}",
                        unknown
                                + "needs the field specversion (CloudEvents), detail-type (EventBridge), or Type and Message"
                                + " (SNS)"),
                new Miss(
                        "a body that is not of a message",
                        "{\"body\": \"hello\"}",
                        unknown
                                + "needs the field specversion (CloudEvents), detail-type (EventBridge), or Type and Message"
                                + " (SNS)"));
    }

    private static Stream<Miss> fields() {
        return Stream.of(
                edited(
                        "data serialized twice",
                        event -> event.put("data", event.get("data").toString()),
                        "invalid-field: data must be the event's data, as a JSON object, not as a JSON string that holds one"),
                edited(
                        "data that is a text",
                        event -> event.put("data", "hello"),
                        "invalid-field: data must be the event's data, as a JSON object"),
                renamed(
                        "id",
                        "ce-id",
                        "missing-field: id is missing: it must be what tells this event from all others of its source; there is"
                                + " 'ce-id' in its place"),
                renamed(
                        "time",
                        "Time",
                        "missing-field: time is missing: it must be a time in RFC 3339, such as 2026-11-23T09:00:00Z; there is"
                                + " 'Time' in its place"),
                edited(
                        "an instance_arn",
                        event -> data(event).set("instance_arn", data(event).remove("instanceArn")),
                        "missing-field: data.instanceArn is missing: it must be the ARN of the instance; there is"
                                + " 'instance_arn' in its place"),
                resource(
                        "arn:aws:s3:::acme/calls/",
                        "wrong-resource-kind: data.resources[0] must have no slash at its end: 'arn:aws:s3:::acme/calls', not"
                                + " 'arn:aws:s3:::acme/calls/'"),
                resource(
                        "arn:aws:s3:::acme//",
                        "wrong-resource-kind: data.resources[0] must have no slash at its end: 'arn:aws:s3:::acme', not"
                                + " 'arn:aws:s3:::acme//'"));
    }

    private static Stream<Miss> times() {
        return Stream.of(
                time(
                        1_795_424_400L,
                        "as a string, not the number 1795424400: it looks like seconds since the epoch, which is"
                                + " 2026-11-23T09:00:00Z"),
                time(
                        1_795_424_400_123L,
                        "as a string, not the number 1795424400123: it looks like milliseconds since the"
                                + " epoch, which is 2026-11-23T09:00:00Z"),
                time(
                        1.7954244E15,
                        "as a string, not the number 1.7954244E+15: it looks like microseconds since the epoch, which is"
                                + " 2026-11-23T09:00:00Z"),
                time(7, "as a string, not the number 7"),
                time(new BigDecimal("1e400"), "as a string, not the number Infinity"),
                time(
                        "1795424400123456",
                        "not '1795424400123456': it looks like microseconds since the epoch, which is"
                                + " 2026-11-23T09:00:00Z"),
                time(
                        "1795424400.5",
                        "not '1795424400.5': it looks like seconds since the epoch, which is"
                                + " 2026-11-23T09:00:00Z"),
                time("2026-11-23T09:00:00.1", "not '2026-11-23T09:00:00.1': it lacks its offset from UTC, such as Z"),
                time("2026-11-23T09:00:00+0100", "not '2026-11-23T09:00:00+0100': its offset from UTC lacks its colon"),
                time(
                        "2026-11-23 09:00:00Z",
                        "not '2026-11-23 09:00:00Z': a T must stand between the date and the time of" + " day"),
                time("2026-11-23", "not '2026-11-23': it lacks the time of day"),
                time(
                        "Mon, 23 Nov 2026 09:00:00 GMT",
                        "not 'Mon, 23 Nov 2026 09:00:00 GMT': it looks like a date of HTTP or" + " mail"),
                time("yesterday", "not 'yesterday'"));
    }

    @ParameterizedTest
    @MethodSource("misses")
    void what_is_nearly_right_is_told_what_was_expected(Miss miss) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> decoder.decode(miss.body()))
                .satisfies(rejected -> assertThat(rejected.rejection().reason().code() + ": "
                                + rejected.rejection().detail())
                        .isEqualTo(miss.said()));
    }

    private static Miss time(Object time, String said) {
        return edited("the time " + time, event -> event.putPOJO("time", time), "invalid-field: " + TIME + said);
    }

    private static Miss resource(String resource, String said) {
        return edited(resource, event -> data(event).putArray("resources").add(resource), said);
    }

    /** Creates a message with a renamed field, in an envelope that has the field. */
    private static Miss renamed(String field, String name, String said) {
        Envelopes wrapping = field.equals("detail-type") ? Envelopes.EVENT_BRIDGE : Envelopes.CLOUD_EVENT;
        ObjectNode event = wrapping.wrap(INSTANCE.created(0));
        event.set(name, event.remove(field));
        return new Miss(name + " for " + field, event.toString(), said);
    }

    private static Miss edited(String fault, Consumer<ObjectNode> edit, String said) {
        ObjectNode event = event();
        edit.accept(event);
        return new Miss(fault, event.toString(), said);
    }

    private static ObjectNode event() {
        return Envelopes.CLOUD_EVENT.wrap(INSTANCE.enabled(1, "call-recordings", "arn:aws:s3:::acme"));
    }

    private static ObjectNode data(ObjectNode event) {
        return (ObjectNode) event.get("data");
    }
}
