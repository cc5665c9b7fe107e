package dev.linkedrole.intake.consumer;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Port of one queue with the semantics of SQS: at-least-once delivery, in any order, with a visibility timeout. It does
 * not retry; callers do.
 */
public interface MessageQueue {

    /** Maximum number of messages in one call. */
    int MAX = 10;

    /** The queue's name, for logs and metrics. */
    String name();

    /**
     * Looks up the queue and its present traits.
     *
     * @return fails if the queue or its dead-letter queue does not exist
     */
    Uni<Traits> open();

    /**
     * Receives messages as soon as any are available; none if none arrived during the long poll. Cancelling aborts the
     * call; the queue may serve it all the same, and then hides the messages from every consumer until their visibility
     * timeout.
     *
     * @param most maximum number of messages, from 1 to {@link #MAX}
     * @param timeout their visibility timeout; zero leaves that to the queue
     */
    Uni<List<ReceivedMessage>> receive(int most, Duration timeout);

    /**
     * Deletes messages.
     *
     * @param messages at most {@link #MAX}
     * @return messages that could not be deleted; fails if none could
     */
    Uni<List<FailedEntry>> delete(List<ReceivedMessage> messages);

    /**
     * Changes the visibility timeout of messages.
     *
     * @param changes at most {@link #MAX}
     * @return changes that could not be made; fails if none could
     */
    Uni<List<FailedEntry>> changeVisibility(List<VisibilityChange> changes);

    /**
     * Copies a message to the dead-letter queue, with the reason as attributes. The message itself stays in the queue.
     *
     * @return fails if the copy was not made
     */
    Uni<Void> reject(ReceivedMessage message, RejectReason reason);

    /**
     * Properties of a queue.
     *
     * @param fifo true if the messages of a group come in order
     * @param visibilityTimeout time for which a received message is hidden from other consumers
     */
    record Traits(boolean fifo, Duration visibilityTimeout) {}

    /**
     * A new visibility timeout for a message.
     *
     * @param seconds from now until it is visible again, from 0 (at once) to 43,200
     */
    record VisibilityChange(ReceivedMessage message, int seconds) {}

    /**
     * Entry of a batch call that failed.
     *
     * @param index its index in the call, from 0
     * @param why the failure as text
     * @param forGood true if no retry can succeed
     */
    record FailedEntry(int index, String why, boolean forGood) {}
}
