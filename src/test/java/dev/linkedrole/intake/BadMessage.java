package dev.linkedrole.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A message with one fault.
 *
 * @param fault the fault
 * @param write writes the message, about an instance
 * @param reason the code it is rejected with
 * @param named the text that the rejection has to contain
 */
public record BadMessage(String fault, Function<Instance, String> write, String reason, String named) {

    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/one";

    public String body(Instance instance) {
        return write.apply(instance);
    }

    @Override
    public String toString() {
        return fault;
    }

    public static Stream<BadMessage> all() {
        return Stream.of(unreadable(), missing(), wrong(), resources()).flatMap(messages -> messages);
    }

    private static Stream<BadMessage> unreadable() {
        return Stream.of(
                text("half an object", "{\"specversion\": \"1.0\",", "not-json", "the body"),
                text("no object", "[1, 2, 3]", "not-json", "the body"),
                text("two objects", "{} {}", "not-json", "the body"),
                text("a bare word", "hello", "not-json", "the body"),
                text("no envelope", "{\"hello\": \"world\"}", "unknown-envelope", "specversion"),
                text(
                        "a subscription confirmation",
                        "{\"Type\": \"SubscriptionConfirmation\", \"Message\": \"You have chosen\"}",
                        "invalid-field",
                        "Type"),
                text(
                        "SNS around no JSON",
                        "{\"Type\": \"Notification\", \"Message\": \"hello\"}",
                        "not-json",
                        "Message"),
                text(
                        "SNS around no envelope",
                        "{\"Type\": \"Notification\", \"Message\": \"{}\"}",
                        "unknown-envelope",
                        "Message"),
                text(
                        "SNS around an object",
                        "{\"Type\": \"Notification\", \"Message\": {\"specversion\": \"1.0\"}}",
                        "invalid-field",
                        "Message"),
                new BadMessage(
                        "a key twice",
                        instance -> enabled(instance).toString().replaceFirst("\\{", "{\"id\":\"another\","),
                        "not-json",
                        "id"));
    }

    private static Stream<BadMessage> missing() {
        return Stream.of(
                without("id"),
                without("source"),
                without("type"),
                without("time"),
                without("data"),
                edited(
                        "no instanceArn",
                        event -> data(event).remove("instanceArn"),
                        "missing-field",
                        "data.instanceArn"),
                edited("no feature", event -> data(event).remove("feature"), "missing-field", "data.feature"),
                edited("no resources", event -> data(event).remove("resources"), "missing-field", "data.resources"),
                edited("an empty id", event -> event.put("id", ""), "missing-field", "id"),
                edited("a null time", event -> event.putNull("time"), "missing-field", "time"));
    }

    private static Stream<BadMessage> wrong() {
        return Stream.of(
                edited("an unknown type", event -> event.put("type", "instance-renamed"), "unknown-type", "type"),
                edited("CloudEvents 2", event -> event.put("specversion", "2.0"), "invalid-field", "specversion"),
                edited("a number for an id", event -> event.put("id", 7), "invalid-field", "id"),
                edited("no time of day", event -> event.put("time", "yesterday"), "invalid-field", "time"),
                edited(
                        "a year of five digits",
                        event -> event.put("time", "+58859-03-15T12:00:00Z"),
                        "invalid-field",
                        "time must have a year of four digits"),
                edited(
                        "a time that nothing overrules",
                        event -> event.put("time", "9999-12-31T23:59:59Z"),
                        "time-in-the-future",
                        "time must be at most 24h ahead"),
                edited(
                        "another subject",
                        event -> event.put("subject", "11111111-2222-3333-4444-555555555555"),
                        "invalid-field",
                        "subject"),
                edited("an empty subject", event -> event.put("subject", ""), "invalid-field", "subject"),
                edited("data twice", event -> event.put("data_base64", "e30="), "invalid-field", "data_base64"),
                base64("no base64", "{}", "invalid-field", "data_base64"),
                base64("base64 of another alphabet", "eyJhIjoiPz8_In0=", "invalid-field", "data_base64"),
                base64("base64 of no object", "W10=", "not-json", "data_base64"),
                base64("base64 of a key twice", "eyJhIjoxLCJhIjoyfQ==", "not-json", "data_base64"),
                base64("base64 of two objects", "e317fQ==", "not-json", "data_base64"),
                base64("base64 of nothing", "", "not-json", "data_base64"),
                base64("base64 of Latin-1", "eyJhIjoi9iJ9", "not-json", "data_base64 must be JSON in UTF-8"),
                base64("base64 of too little", "e30=", "missing-field", "data_base64.instanceArn"),
                edited("a text for data", event -> event.put("data", "{}"), "invalid-field", "data"),
                edited(
                        "an ARN of no instance",
                        event -> data(event).put("instanceArn", "arn:aws:s3:::acme"),
                        "invalid-field",
                        "data.instanceArn"),
                edited(
                        "an instance of another service",
                        event -> data(event)
                                .put(
                                        "instanceArn",
                                        data(event).get("instanceArn").asText().replace(":connect:", ":chime:")),
                        "invalid-field",
                        "data.instanceArn"),
                edited(
                        "an unknown feature",
                        event -> data(event).put("feature", "mind-reading"),
                        "unknown-feature",
                        "data.feature"),
                edited(
                        "one text for a list",
                        event -> data(event).put("resources", STREAM),
                        "invalid-field",
                        "data.resources"));
    }

    private static Stream<BadMessage> resources() {
        return Stream.of(
                resource("a wildcard", STREAM + "*", "wildcard"),
                resource("a single-character wildcard", STREAM + "?", "wildcard"),
                resource("a policy variable", STREAM + "${aws:username}", "wildcard"),
                resource("another kind", "arn:aws:s3:::acme-recordings", "wrong-resource-kind"),
                resource("no ARN", "acme", "wrong-resource-kind"),
                resource("another account", STREAM.replace("111122223333", "444455556666"), "other-account"),
                resource("another region", STREAM.replace("us-west-2", "eu-west-1"), "other-region"),
                resource("another partition", STREAM.replace("arn:aws:", "arn:aws-cn:"), "other-partition"),
                edited(
                        "one bad resource behind a good one",
                        event -> data(event).withArray("resources").add(STREAM + "*"),
                        "wildcard",
                        "data.resources[1]"));
    }

    private static BadMessage text(String fault, String body, String reason, String named) {
        return new BadMessage(fault, instance -> body, reason, named);
    }

    private static BadMessage without(String field) {
        return edited("no " + field, event -> event.remove(field), "missing-field", field);
    }

    private static BadMessage resource(String fault, String resource, String reason) {
        return edited(fault, event -> data(event).putArray("resources").add(resource), reason, "data.resources[0]");
    }

    private static BadMessage edited(String fault, Consumer<ObjectNode> edit, String reason, String named) {
        return new BadMessage(
                fault,
                instance -> {
                    ObjectNode event = enabled(instance);
                    edit.accept(event);
                    return event.toString();
                },
                reason,
                named);
    }

    private static ObjectNode enabled(Instance instance) {
        RoleEvent enabled = instance.enabled(1, "contact-records", STREAM);
        return Envelopes.CLOUD_EVENT.wrap(enabled);
    }

    private static BadMessage base64(String fault, String base64, String reason, String named) {
        return edited(
                fault,
                event -> {
                    event.remove("data");
                    event.put("data_base64", base64);
                },
                reason,
                named);
    }

    private static ObjectNode data(ObjectNode event) {
        return (ObjectNode) event.get("data");
    }
}
