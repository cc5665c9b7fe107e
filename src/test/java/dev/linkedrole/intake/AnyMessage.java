package dev.linkedrole.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.Instance;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of every type in every envelope, valid or with up to two changes. */
final class AnyMessage {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST = 2048;

    private static final Instance INSTANCE = Instance.random();
    private static final String ARN = INSTANCE.arn().toString();
    private static final String ID = INSTANCE.id().value();
    private static final String HOME = ":us-west-2:111122223333:";

    private static final List<String> RESOURCES = List.of(
            "arn:aws:s3:::acme",
            "arn:aws:s3:::acme/calls",
            "arn:aws:s3:::acme/a prefix/with:colons/and $igns",
            "arn:aws:s3:::acme/calls/",
            "arn:aws:s3:::acme//calls",
            "arn:aws:s3:::Acme",
            "arn:aws:s3:::ac",
            "arn:aws:s3::111122223333:acme",
            "arn:aws:profile" + HOME + "domains/acme",
            "arn:aws:profile" + HOME + "domains/acme/object-types/any",
            "arn:aws:firehose" + HOME + "deliverystream/one",
            "arn:aws:firehose" + HOME + "deliverystream/",
            "arn:aws:kinesis" + HOME + "stream/one",
            "arn:aws:kinesis" + HOME + "stream/ein-schöner",
            "arn:aws:lex" + HOME + "bot:Order",
            "arn:aws:lex" + HOME + "bot:Order:prod",
            "arn:aws:lex" + HOME + "bot:Order:prod:more",
            "arn:aws:lex" + HOME + "bot:Order:",
            "arn:aws:logs" + HOME + "log-group:/aws/connect/acme",
            "arn:aws:logs" + HOME + "log-group:/aws/connect/acme:*",
            "arn:aws:logs" + HOME + "log-group:" + "g".repeat(512),
            "arn:aws:logs" + HOME + "log-group:" + "g".repeat(513),
            "arn:aws:voiceid" + HOME + "domain/Dm1",
            "arn:aws:connect-campaigns" + HOME + "campaign/0b6c",
            "arn:aws:connect-campaigns" + HOME + "campaign/*",
            "arn:aws:s3:::acme/${aws:username}",
            "arn:aws:s3:::acme/$calls",
            "arn:aws:s3:::acme/what?",
            "arn:aws-cn:s3:::acme",
            "arn:AWS:s3:::acme",
            "arn:aws:firehose:eu-west-1:111122223333:deliverystream/one",
            "arn:aws:firehose:us-west-2:444455556666:deliverystream/one",
            "arn:aws:firehose:us-west-2::deliverystream/one",
            "arn:aws:s3:::" + "b".repeat(63),
            "arn:aws:s3:::" + "b".repeat(64),
            "arn:aws:s3:::acme/" + "p".repeat(LONGEST - "arn:aws:s3:::acme/".length()),
            "arn:aws:s3:::acme/" + "p".repeat(LONGEST + 1 - "arn:aws:s3:::acme/".length()),
            "acme");

    private static final Map<String, List<String>> FITTING = Map.of(
            "call-recordings", List.of("arn:aws:s3:::acme", "arn:aws:s3:::acme/a prefix/with:colons/and $igns"),
            "exported-reports", List.of("arn:aws:s3:::acme/reports"),
            "customer-profiles", List.of("arn:aws:profile" + HOME + "domains/acme"),
            "contact-records", List.of("arn:aws:kinesis" + HOME + "stream/one"),
            "agent-events", List.of("arn:aws:firehose" + HOME + "deliverystream/one"),
            "lex-bots", List.of("arn:aws:lex" + HOME + "bot:Order", "arn:aws:lex" + HOME + "bot:Order:prod"),
            "contact-flow-logs", List.of("arn:aws:logs" + HOME + "log-group:/aws/connect/acme"),
            "voice-id", List.of("arn:aws:voiceid" + HOME + "domain/Dm1"),
            "outbound-campaigns", List.of("arn:aws:connect-campaigns" + HOME + "campaign/0b6c"));

    private static final List<String> FIELDS = List.of(
            "id", "source", "time", "specversion", "type", "detail-type", "subject", "data", "data_base64", "detail");

    private static final List<String> DATA_FIELDS = List.of("instanceArn", "alias", "feature", "resources", "colour");

    private static final List<String> TYPES = List.of(
            "instance-created",
            "Instance Created",
            "FEATURE_ENABLED",
            "feature.enabled",
            "Feature Disabled",
            " instance.deleted\t",
            "instance deleted\n",
            "instance--created",
            "instancecreated",
            "instance-renamed",
            "FeatureEnabled",
            "instanceCreated",
            "INSTANCECreated",
            "featuredisabled",
            "com.acme.feature-enabled",
            "com.acme.contact-centre.FeatureDisabled",
            "com.acme.instance.deleted",
            "com..acme.instance_created",
            ".instance-created",
            "my-instance-created",
            "com.acme.instance-created.v1");

    private static final List<String> TIMES = List.of(
            "2026-11-23T09:00:00Z",
            "2026-11-23t09:00:00z",
            "2026-11-23T09:00:00.123456789Z",
            "2026-11-23T09:00:00.1234567890Z",
            "2026-11-23T10:30:00+01:30",
            "2026-11-23T10:30:00-18:00",
            "2026-11-23T10:30:00+18:01",
            "2026-11-23T09:00Z",
            "2026-11-23T09:00:00+01",
            "2026-11-23T09:00:00",
            "2026-11-23 09:00:00Z",
            "2026-11-23T24:00:00Z",
            "2026-11-23T23:59:60Z",
            "2016-12-31T23:59:60Z",
            "2016-12-31T18:59:60.5-05:00",
            "2016-12-31T12:00:60Z",
            "2026-11-24T09:00:00.000000001Z",
            "+58859-03-15T12:00:00Z",
            "12026-11-23T09:00:00Z",
            "-0001-11-23T09:00:00Z",
            "9999-12-31T23:59:59-18:00",
            "2024-02-29T09:00:00Z",
            "2026-02-29T09:00:00Z",
            "2026-13-01T09:00:00Z",
            "yesterday",
            "2026-11-23T09:00:00Z ");

    private static final List<String> INSTANCES = List.of(
            ARN,
            ARN.toUpperCase(Locale.ROOT),
            ARN.replace(ID, ID.toUpperCase(Locale.ROOT)),
            ARN.replace(":connect:", ":chime:"),
            ARN.replace(":us-west-2:", "::"),
            ARN.replace(":us-west-2:", ":us-gov-west-1:"),
            ARN.replace(":us-west-2:", ":moon:"),
            ARN.replace("arn:aws:", "arn:aws-us-gov:"),
            ARN.replace("arn:aws:", "arn::"),
            ARN.replace(":111122223333:", ":1111:"),
            ARN.replace("instance/", "agent/"),
            ARN.replace("instance/", "instance:"),
            ARN + "/agent/1",
            ARN + ":1",
            ARN.substring(0, ARN.length() - 1),
            "arn:aws:s3:::acme");

    private AnyMessage() {}

    static Arbitrary<String> bodies() {
        return Combinators.combine(
                        events(), edits().list().ofMaxSize(2), Arbitraries.of(true, false, false), oddities())
                .as((event, edits, notified, type) -> {
                    edits.forEach(edit -> edit.accept(event));
                    return (notified ? notification(event, type) : event).toString();
                });
    }

    // What is as it should be

    private static Arbitrary<ObjectNode> events() {
        return Combinators.combine(
                        Arbitraries.of(RoleEventType.values()),
                        Arbitraries.of(FITTING.entrySet()),
                        Arbitraries.of(true, false))
                .as((type, fitting, cloudEvent) -> {
                    ObjectNode data = JSON.objectNode().put("instanceArn", ARN);
                    type.fill(data, fitting.getKey(), fitting.getValue());
                    ObjectNode event = JSON.objectNode()
                            .put("id", "7f1d")
                            .put("source", "acme")
                            .put("time", TIMES.getFirst());
                    return cloudEvent
                            ? event.put("specversion", "1.0")
                                    .put("type", type.spelling)
                                    .put("subject", ID)
                                    .set("data", data)
                            : event.put("version", "0")
                                    .put("detail-type", type.spelling)
                                    .set("detail", data);
                });
    }

    private enum RoleEventType {
        CREATED("instance-created"),
        ENABLED("feature-enabled"),
        DISABLED("feature-disabled"),
        DELETED("instance-deleted");

        private final String spelling;

        RoleEventType(String spelling) {
            this.spelling = spelling;
        }

        void fill(ObjectNode data, String feature, List<String> resources) {
            if (this == ENABLED || this == DISABLED) {
                data.put("feature", feature);
                resources.forEach(data.putArray("resources")::add);
            } else {
                data.put("alias", "acme-support");
            }
        }
    }

    private static ObjectNode notification(ObjectNode event, JsonNode oddity) {
        ObjectNode notification = JSON.objectNode().put("Type", "Notification").put("Message", event.toString());
        // A few events have an odd value in one of these two fields.
        if (oddity.isContainerNode()) {
            notification.set("Message", oddity);
        } else if (oddity.isBoolean() || oddity.isNull()) {
            notification.set("Type", oddity);
        }
        return notification;
    }

    // What is not

    private static Arbitrary<Consumer<ObjectNode>> edits() {
        return Arbitraries.oneOf(
                texts(TYPES).map(value -> event -> event.set(event.has("type") ? "type" : "detail-type", value)),
                texts(TIMES).map(value -> event -> event.set("time", value)),
                texts(INSTANCES).map(value -> event -> data(event).set("instanceArn", value)),
                texts(List.copyOf(FITTING.keySet()))
                        .map(value -> event -> data(event).set("feature", value)),
                texts(List.of("base", "Call-Recordings", "mind-reading"))
                        .map(value -> event -> data(event).set("feature", value)),
                texts(RESOURCES).map(value -> event -> resources(event).add(value)),
                texts(RESOURCES)
                        .map(value -> event -> resources(event).removeAll().add(value)),
                counts().map(count -> event -> repeat(resources(event), count)),
                oddities().map(value -> event -> resources(event).add(value)),
                Arbitraries.of(FIELDS).map(name -> event -> event.remove(name)),
                Arbitraries.of(DATA_FIELDS).map(name -> event -> data(event).remove(name)),
                fields(),
                dataFields(),
                Arbitraries.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)
                        .map(charset -> event -> encode(event, charset)),
                Arbitraries.of("=", "==", "A", "-", "\n", "$").map(end -> event -> append(event, end)),
                Arbitraries.of(true, false, false).map(named -> event -> carry(event, named)));
    }

    private static Arbitrary<JsonNode> texts(List<String> texts) {
        return Arbitraries.of(texts).map(JSON::textNode);
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.of(0, 1, 2, 1_000, 1_001);
    }

    private static Arbitrary<Consumer<ObjectNode>> fields() {
        return Combinators.combine(Arbitraries.of(FIELDS), oddities())
                .as((name, value) -> event -> event.set(name, value));
    }

    private static Arbitrary<Consumer<ObjectNode>> dataFields() {
        return Combinators.combine(Arbitraries.of(DATA_FIELDS), oddities())
                .as((name, value) -> event -> data(event).set(name, value));
    }

    /** Arbitrary values of any JSON type, and texts of all critical lengths. */
    private static Arbitrary<JsonNode> oddities() {
        return Arbitraries.of(
                JSON.nullNode(),
                JSON.booleanNode(true),
                JSON.numberNode(7),
                JSON.numberNode(1.0),
                JSON.objectNode(),
                JSON.arrayNode(),
                JSON.arrayNode().add("arn:aws:s3:::acme"),
                JSON.textNode(""),
                JSON.textNode(" \t\n"),
                JSON.textNode("1.0"),
                JSON.textNode("1.0\n"),
                JSON.textNode("ünïcödé \u2028"),
                JSON.textNode(ID),
                JSON.textNode(ID + "\n"),
                JSON.textNode("x".repeat(LONGEST)),
                JSON.textNode("x".repeat(LONGEST + 1)));
    }

    /** Encodes the data in base64. */
    private static void encode(ObjectNode event, Charset charset) {
        if (event.path("data") instanceof ObjectNode data) {
            event.remove("data");
            String text = data.put("alias", "schön").toString();
            event.put("data_base64", Base64.getEncoder().encodeToString(text.getBytes(charset)));
        }
    }

    /** Appends a text to the base64 data; adds a second data field if there is no base64 data. */
    private static void append(ObjectNode event, String end) {
        if (event.path("data_base64").isTextual()) {
            event.put("data_base64", event.path("data_base64").asText() + end);
        } else if (event.path("data") instanceof ObjectNode data) {
            event.put("data_base64", base64(data.toString().replaceFirst("\\{", "{\"instanceArn\":\"twice\",")));
            event.remove("data");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Wraps a CloudEvent as the detail of an EventBridge event. */
    private static void carry(ObjectNode event, boolean named) {
        ObjectNode whole = event.deepCopy();
        event.removeAll();
        event.put("detail-type", "anything").set("detail", whole);
        if (named) {
            whole.put("instanceArn", ARN);
        }
    }

    private static void repeat(ArrayNode resources, int count) {
        JsonNode first = resources.isEmpty() ? JSON.textNode(RESOURCES.getFirst()) : resources.get(0);
        resources.removeAll();
        IntStream.range(0, count).forEach(i -> resources.add(first));
    }

    /** Returns an event's data; a detached object if an earlier edit has replaced it. */
    private static ObjectNode data(ObjectNode event) {
        return event.path("data") instanceof ObjectNode data
                ? data
                : event.path("detail") instanceof ObjectNode detail ? detail : JSON.objectNode();
    }

    private static ArrayNode resources(ObjectNode event) {
        ObjectNode data = data(event);
        return data.path("resources") instanceof ArrayNode resources ? resources : data.putArray("resources");
    }
}
