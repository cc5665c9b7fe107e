package dev.linkedrole.intake.queue;

/** Is told what a receiver does, to count it. */
public interface ReceiverCounts {

    /** Counts nothing. */
    ReceiverCounts NONE = new ReceiverCounts() {};

    default void received(int messages) {}

    default void deleted(int messages) {}

    default void putBack(int messages) {}

    /** Messages that were kept from coming again while they were in flight. */
    default void heartbeats(int messages) {}

    default void receiveFailed() {}
}
