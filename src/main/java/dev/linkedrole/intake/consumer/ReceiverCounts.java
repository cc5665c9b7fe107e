package dev.linkedrole.intake.consumer;

/** Listener that counts a receiver's calls. */
public interface ReceiverCounts {

    /** Listener that counts nothing. */
    ReceiverCounts NONE = new ReceiverCounts() {};

    default void received(int messages) {}

    default void deleted(int messages) {}

    default void returned(int messages) {}

    /** Counts messages in flight whose visibility timeout was extended. */
    default void extensions(int messages) {}

    default void receiveFailed() {}
}
