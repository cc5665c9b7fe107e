package dev.linkedrole.intake.queue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A message as it was received.
 *
 * @param id the id that the queue gave it
 * @param receipt what it is deleted and put back by; another one each time it is received
 * @param body its body
 * @param receiveCount how often it was received, this time included
 * @param groupId the group it belongs to, on a FIFO queue
 * @param traceHeader the trace that its sender was in, in the form of X-Ray
 * @param attributes the attributes that its sender gave it
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

    /** Whether somebody had it before, who may have died with it. */
    public boolean redelivered() {
        return receiveCount > 1;
    }

    /** Characters in the bodies of messages. */
    static long size(List<ReceivedMessage> messages) {
        return messages.stream().mapToLong(message -> message.body().length()).sum();
    }
}
