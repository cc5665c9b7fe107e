package dev.linkedrole.intake.deadletters;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Port of a dead-letter queue and of the queue that its messages were sent to. It does not retry; callers do. A queue
 * cannot be read without receiving: a message is hidden from others until it is returned, or its time is over.
 */
public interface DeadLetterQueue {

    /** Maximum number of messages in one call. */
    int MAX = 10;

    /** Name of the queue that its messages were sent to. */
    String queue();

    /**
     * Looks up both queues. Called before anything else of a pass.
     *
     * @return fails if either does not exist
     */
    Uni<Traits> open();

    /**
     * Receives messages; none if none is visible.
     *
     * @param most maximum number of messages, from 1 to {@link #MAX}
     * @param hidden time for which they are hidden from others
     */
    Uni<List<ReceivedMessage>> receive(int most, Duration hidden);

    /**
     * Sends a copy of a message to its queue, without the attributes of its rejection.
     *
     * @param redrivenAt time that the copy bears
     */
    Uni<Void> send(ReceivedMessage message, Instant redrivenAt);

    /**
     * Deletes messages.
     *
     * @param messages at most {@link #MAX}
     * @return number of messages that could not be deleted; fails if none could
     */
    Uni<Integer> delete(List<ReceivedMessage> messages);

    /**
     * Makes messages visible again at once.
     *
     * @param messages at most {@link #MAX}
     * @return number of messages that could not be returned; fails if none could
     */
    Uni<Integer> giveBack(List<ReceivedMessage> messages);

    /**
     * Properties of a dead-letter queue.
     *
     * @param name its name
     * @param messages approximate number of its messages, hidden ones included
     */
    record Traits(String name, long messages) {}
}
