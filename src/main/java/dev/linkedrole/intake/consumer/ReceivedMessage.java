package dev.linkedrole.intake.consumer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received message.
 *
 * @param id the id that the queue gave it
 * @param receipt the receipt handle; a new one each time the message is received
 * @param body its body
 * @param receiveCount number of receives, this one included
 * @param groupId the group it belongs to, on a FIFO queue
 * @param traceHeader the sender's trace in the format of X-Ray
 * @param attributes the attributes that its sender has set
 */
public record ReceivedMessage(
        String id,
        String receipt,
        String body,
        int receiveCount,
        Optional<String> groupId,
        Optional<String> traceHeader,
        Map<String, MessageAttribute> attributes) {

    public ReceivedMessage {
        attributes = Map.copyOf(attributes);
    }

    /** True if the message was delivered before; that consumer may have crashed. */
    public boolean redelivered() {
        return receiveCount > 1;
    }

    /** Total number of characters in the bodies of messages. */
    static long size(List<ReceivedMessage> messages) {
        return messages.stream().mapToLong(message -> message.body().length()).sum();
    }
}
