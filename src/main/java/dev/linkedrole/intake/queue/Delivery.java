package dev.linkedrole.intake.queue;

/**
 * A message in flight, until it is said what becomes of it. What is said after the first time counts for nothing.
 *
 * <p>Of a group in a FIFO queue, nothing becomes of a message before it is known what becomes of those before it; and if one is put back,
 * so are those behind it.
 */
public interface Delivery {

    ReceivedMessage message();

    /** It is done with, and is deleted. Should that fail it comes again. */
    void done();

    /** It cannot be accepted: a copy goes to the dead-letter queue, and then it is deleted. */
    void reject(RejectReason reason);

    /** It has to be tried again: it is put back, and stays away for longer each time. */
    void putBack();
}
