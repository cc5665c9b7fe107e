package dev.linkedrole.intake.consumer;

/**
 * A message in flight that its handler settles once: acknowledged, rejected or returned to the queue. Further calls
 * have no effect.
 *
 * <p>In a group of a FIFO queue a message is settled only after those before it; and if one is returned to the queue,
 * so are those behind it.
 */
public interface Delivery {

    ReceivedMessage message();

    /** Acknowledges the message, which deletes it. If the deletion fails, the message is delivered again. */
    void ack();

    /** Rejects the message: it is copied to the dead-letter queue and then deleted. */
    void reject(RejectReason reason);

    /** Returns the message to the queue for another attempt, after a delay that grows each time. */
    void nack();
}
