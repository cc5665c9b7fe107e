package dev.linkedrole.intake.consumer;

import dev.linkedrole.retry.Backoff;
import java.time.Duration;

/**
 * Limits of a {@link Receiver}: concurrency and delays.
 *
 * @param maxConcurrentReceives maximum number of receive calls in flight, at least 1
 * @param maxInFlight maximum number of messages in flight, at least 1: received, and neither deleted nor returned to
 *     the queue yet
 * @param backoff delay before a failed message is delivered again: from half the bound to all of it
 * @param linger time that a deletion or visibility change waits to be batched with others
 * @param refresh mean interval between two refreshes of the queue's traits
 */
public record ReceiverLimits(
        int maxConcurrentReceives, int maxInFlight, Backoff backoff, Duration linger, Duration refresh) {

    /** Time that a deletion or visibility change waits to be batched with others. */
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(50);

    public ReceiverLimits {
        if (maxConcurrentReceives < 1 || maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "at least one receive and one message: " + maxConcurrentReceives + ", " + maxInFlight);
        }
    }

    /**
     * Delay in seconds before a failed message is delivered again; random, so that messages which failed together
     * spread out.
     *
     * @param receiveCount number of receives, from 1
     * @param chance from 0 (half of the bound) to 1 (all of it)
     */
    public int backoffSeconds(int receiveCount, double chance) {
        return (int) Math.ceil(backoff.bound(receiveCount).toMillis() * (1 + chance) / 2 / 1_000);
    }
}
