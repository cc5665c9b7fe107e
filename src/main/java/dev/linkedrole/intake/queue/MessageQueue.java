package dev.linkedrole.intake.queue;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * One queue, as SQS has them: at least once, in any order, and what was received stays away from others for a while only. No call is
 * repeated by the queue itself; whoever calls it decides about that.
 */
public interface MessageQueue {

    /** The most messages of one call. */
    int MAX = 10;

    /** The queue's name, for logs and metrics. */
    String name();

    /**
     * Finds the queue, and what it is like now.
     *
     * @return fails if the queue, or its dead-letter queue, is not there
     */
    Uni<Traits> open();

    /**
     * Messages, as soon as there are any; none if none came for as long as the queue lets a call wait. To cancel it breaks the call off;
     * the queue may serve it all the same, and what it takes is then hidden from everybody.
     *
     * @param most how many at most, from 1 to {@link #MAX}
     * @param timeout how long they stay away from others; zero leaves that to the queue
     */
    Uni<List<ReceivedMessage>> receive(int most, Duration timeout);

    /**
     * Deletes messages.
     *
     * @param messages at most {@link #MAX}
     * @return those that could not be deleted; fails if none could
     */
    Uni<List<FailedEntry>> delete(List<ReceivedMessage> messages);

    /**
     * Has messages come again after another time than was said before.
     *
     * @param changes at most {@link #MAX}
     * @return those that could not be changed; fails if none could
     */
    Uni<List<FailedEntry>> changeVisibility(List<VisibilityChange> changes);

    /**
     * Puts a copy of a message into the dead-letter queue, with the reason beside it. The message itself stays.
     *
     * @return fails if the copy is not there
     */
    Uni<Void> reject(ReceivedMessage message, RejectReason reason);

    /**
     * What a queue is like.
     *
     * @param fifo whether messages of a group come in order
     * @param visibilityTimeout how long a message stays away once it was received
     */
    record Traits(boolean fifo, Duration visibilityTimeout) {}

    /**
     * When a message is to come again.
     *
     * @param seconds from now, from 0 (at once) to 43,200
     */
    record VisibilityChange(ReceivedMessage message, int seconds) {}

    /**
     * An entry of a call that failed where others did not.
     *
     * @param index its place in the call, from 0
     * @param why in words
     * @param forGood whether it would fail again, however often it was tried
     */
    record FailedEntry(int index, String why, boolean forGood) {}
}
