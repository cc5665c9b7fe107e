package dev.linkedrole.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Properties of a message's text that schemas cannot express. */
final class EventText {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Date and time of day, and the offset with its colon; without leap seconds, and as fine as validators count. */
    private static final Pattern COMMON_TIME = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:[0-5]\\d(\\.\\d{1,9})?([Zz]|[+-](?!00:00)\\d\\d:\\d\\d|\\+00:00)");

    private EventText() {}

    static boolean isJson(String text) {
        try {
            JSON.readTree(text);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Extracts the message of an SNS notification, if the text is one. */
    static Optional<String> inNotification(String text) {
        JsonNode tree = tree(text);
        return Optional.of(tree.path("Message"))
                .filter(message -> message.isTextual() && tree.hasNonNull("Type"))
                .map(JsonNode::textValue);
    }

    /**
     * True if the event's time has a form that some validators reject, such as one without seconds or a leap second.
     */
    static boolean hasUncommonTime(String text) {
        JsonNode time = cloudEvent(tree(inNotification(text).orElse(text))).path("time");
        return time.isTextual() && !COMMON_TIME.matcher(time.textValue()).matches();
    }

    /** Returns the event with plain data, if it was in base64; empty if the data is not JSON. */
    static Optional<String> withPlainData(String text) {
        JsonNode event = tree(text);
        if (!(cloudEvent(event) instanceof ObjectNode inner)
                || !inner.hasNonNull("specversion")
                || !inner.path("data_base64").isTextual()) {
            return Optional.of(text);
        }
        try {
            byte[] data = Base64.getDecoder().decode(inner.remove("data_base64").asText());
            String json = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data))
                    .toString();
            inner.set("data", JSON.readTree(json));
            return Optional.of(event.toString());
        } catch (IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the CloudEvent in an EventBridge event, or else the event itself. */
    private static JsonNode cloudEvent(JsonNode event) {
        JsonNode detail = event.path("detail");
        return event.hasNonNull("specversion") || !detail.hasNonNull("specversion") || detail.hasNonNull("instanceArn")
                ? event
                : detail;
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
