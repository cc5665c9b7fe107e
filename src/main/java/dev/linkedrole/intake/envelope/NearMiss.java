package dev.linkedrole.intake.envelope;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.role.model.LogText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognizes near misses: messages that are nearly right, so that their rejection names the likely intent and the
 * expected form.
 */
final class NearMiss {

    private static final Pattern NOT_IN_A_WORD = Pattern.compile("[^a-z0-9]");

    /** Prefixes of CloudEvents attributes in the HTTP, Kafka and AMQP header bindings. */
    private static final Pattern HEADER = Pattern.compile("(?i)(?:ce[-_]|cloudevents[-_:.])(.+)");

    private static final Map<String, String> ENVELOPES = Map.of(
            "specversion", "a CloudEvent",
            "detail-type", "an EventBridge event");

    private NearMiss() {}

    /** Describes a body that is JSON but no object; empty if its form is not recognized. */
    static Optional<String> ofBody(JsonNode body) {
        if (body.isTextual()) {
            return isObject(body.textValue())
                    ? Optional.of("not a JSON string that holds one: the event was serialized twice")
                    : Optional.empty();
        }
        if (body.isArray()) {
            return Optional.of(
                    body.path(0).asText().endsWith("S3Pointer")
                            ? "not the pointer that an SQS extended client sends for a body in S3: send the event itself"
                            : "not an array: send each event as a message of its own");
        }
        return Optional.empty();
    }

    /** Describes an object that has no known envelope; empty if its form is not recognized. */
    static Optional<String> ofEnvelope(JsonNode event) {
        return record(event).or(() -> envelopeField(event)).or(() -> dataAlone(event));
    }

    /** Finds the field that was probably meant to be the expected one; empty if there is none. */
    static Optional<String> ofField(String expected, JsonNode object) {
        String desired = plain(expected);
        return object.propertyStream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(expected)
                        && plain(withoutHeaderPrefix(name)).equals(desired))
                .findFirst();
    }

    /** True if a text holds a JSON object that was serialized twice. */
    static boolean isObject(String text) {
        try {
            return text.stripLeading().startsWith("{")
                    && StrictJson.MAPPER.readTree(text).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static Optional<String> record(JsonNode event) {
        for (String records : List.of("Records", "Messages")) {
            if (event.path(records).isArray()) {
                return Optional.of("it is a list of records in " + records
                        + ": send what is in the body of each as a message of its own");
            }
        }
        return Stream.of("body", "Body")
                .filter(body -> event.has(body) && (isNamed("messageId", event) || isNamed("receiptHandle", event)))
                .findFirst()
                .map(body -> "it is a whole SQS message: send what is in its field " + body);
    }

    private static boolean isNamed(String field, JsonNode object) {
        return object.has(field) || ofField(field, object).isPresent();
    }

    private static Optional<String> envelopeField(JsonNode event) {
        for (String field : List.of("specversion", "detail-type")) {
            Optional<String> near = ofField(field, event);
            if (near.isPresent()) {
                return Optional.of("it has " + LogText.of(near.get()) + ", which must be " + field + " in "
                        + ENVELOPES.get(field));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> dataAlone(JsonNode event) {
        return event.has("instanceArn")
                ? Optional.of(
                        "it is an event's data alone: send the whole event in the body, with its data in the field"
                                + " data of a CloudEvent")
                : Optional.empty();
    }

    private static String withoutHeaderPrefix(String name) {
        Matcher header = HEADER.matcher(name);
        return header.matches() ? header.group(1) : name;
    }

    private static String plain(String name) {
        return NOT_IN_A_WORD.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }
}
