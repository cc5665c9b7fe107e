package dev.linkedrole.intake.sqs;

import java.time.Duration;

/**
 * A queue and its dead-letter queue.
 *
 * @param name the queue's name
 * @param url its URL
 * @param deadLetterUrl the URL of the dead-letter queue that its redrive policy names
 * @param visibilityTimeout time for which a received message is hidden from other consumers
 */
record QueuePair(String name, String url, String deadLetterUrl, Duration visibilityTimeout) {

    private static final String FIFO = ".fifo";

    /** True if they are FIFO queues. */
    boolean fifo() {
        return name.endsWith(FIFO);
    }

    /** The dead-letter queue as a queue of its own, which nothing can be rejected from. */
    QueuePair deadLetters() {
        String own = deadLetterUrl.substring(deadLetterUrl.lastIndexOf('/') + 1);
        return new QueuePair(own, deadLetterUrl, deadLetterUrl, visibilityTimeout);
    }
}
