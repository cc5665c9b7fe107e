package dev.linkedrole.intake.sqs;

import dev.linkedrole.intake.envelope.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * The attributes of a message that is to be sent, as far as SQS takes them beside its body: a message that is too large is rejected as
 * a whole, and one that comes from SQS may leave no room at all.
 */
final class AttributeBudget {

    /**
     * The most attributes a message may have.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">SQS
     *     message attributes</a>
     */
    private static final int MAX_ATTRIBUTES = 10;

    private static final String STRING = "String";

    private final Map<String, MessageAttributeValue> attributes = new HashMap<>();
    private long bytesLeft;

    /** The room beside a body. Names, types and values of attributes count like the body. */
    AttributeBudget(String body) {
        long left = EventDecoder.MAX_BYTES - bytes(body);
        // Where a body of over the limit came in, the limit is another one than SQS has.
        this.bytesLeft = left < 0 ? EventDecoder.MAX_BYTES : left;
    }

    /** Puts an attribute, if there is room for it and not yet one of its name. */
    void put(String name, MessageAttributeValue value) {
        long size = size(name, value);
        if (size <= bytesLeft && attributes.size() < MAX_ATTRIBUTES && attributes.putIfAbsent(name, value) == null) {
            bytesLeft -= size;
        }
    }

    /** Puts a text. */
    void put(String name, String text) {
        put(name, value(text));
    }

    /** Puts a text, or as much from its beginning as there is room for. */
    void putBeginning(String name, String text) {
        String beginning = text;
        while (!beginning.isEmpty() && size(name, value(beginning)) > bytesLeft) {
            beginning = beginning.substring(0, beginning.offsetByCodePoints(beginning.length(), -1));
        }
        // SQS takes no empty value.
        if (!beginning.isEmpty()) {
            put(name, beginning);
        }
    }

    Map<String, MessageAttributeValue> attributes() {
        return Map.copyOf(attributes);
    }

    private static MessageAttributeValue value(String text) {
        return MessageAttributeValue.builder()
                .dataType(STRING)
                .stringValue(text)
                .build();
    }

    private static long size(String name, MessageAttributeValue value) {
        long content = value.binaryValue() == null
                ? bytes(value.stringValue())
                : value.binaryValue().asByteArrayUnsafe().length;
        return bytes(name) + bytes(value.dataType()) + content;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
