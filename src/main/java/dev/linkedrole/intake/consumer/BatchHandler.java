package dev.linkedrole.intake.consumer;

import java.util.List;

/** Handler of received messages. */
@FunctionalInterface
public interface BatchHandler {

    /**
     * Handles the messages of one receive call. Returns soon, and ensures that each delivery is {@linkplain Delivery
     * settled} once, now or later, from any thread. Until then the message counts against the limit of messages in
     * flight, and its visibility timeout is extended.
     *
     * <p>If this fails, the messages that are not settled by then are returned to the queue.
     *
     * @param batch at least one, in the order in which the queue gave them
     */
    void handle(List<Delivery> batch);
}
