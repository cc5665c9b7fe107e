package dev.linkedrole.intake.sqs;

import dev.linkedrole.intake.envelope.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

/**
 * Attributes of an outgoing message within SQS's size limit for body and attributes together. SQS rejects a message
 * that is too large as a whole, and the body of a received one may leave no room.
 */
final class AttributeBudget {

    /**
     * Maximum number of attributes of a message.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html">SQS
     *     message attributes</a>
     */
    private static final int MAX_ATTRIBUTES = 10;

    private static final String STRING = "String";

    private final Map<String, MessageAttributeValue> attributes = new HashMap<>();
    private long bytesLeft;

    /** Creates the budget beside a body. Names, types and values of attributes count like the body. */
    AttributeBudget(String body) {
        long left = EventDecoder.MAX_BYTES - bytes(body);
        // A received body over the limit shows that the queue's limit differs from that of SQS.
        this.bytesLeft = left < 0 ? EventDecoder.MAX_BYTES : left;
    }

    /** Adds an attribute, if it fits and no other has the same name. */
    void put(String name, MessageAttributeValue value) {
        long size = size(name, value);
        if (size <= bytesLeft && attributes.size() < MAX_ATTRIBUTES && attributes.putIfAbsent(name, value) == null) {
            bytesLeft -= size;
        }
    }

    /** Adds a text, if it fits. */
    void put(String name, String text) {
        put(name, value(text));
    }

    /** Adds a text, truncated to the remaining size. */
    void putBeginning(String name, String text) {
        String beginning = text;
        while (!beginning.isEmpty() && size(name, value(beginning)) > bytesLeft) {
            beginning = beginning.substring(0, beginning.offsetByCodePoints(beginning.length(), -1));
        }
        // SQS accepts no empty value.
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
