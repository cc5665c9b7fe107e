package dev.linkedrole.intake.queue;

import dev.linkedrole.retry.Backoff;
import java.time.Duration;

/**
 * How much a {@link Receiver} does at once, and how long it waits.
 *
 * @param receives how many receives are under way at most, at least 1
 * @param inHand how many messages are in flight at most, at least 1: received, and not deleted or put back yet
 * @param putBack how long a message stays away that failed: from half the bound to all of it
 * @param linger how long a deletion, or a put-back, waits for others to go with it
 * @param refresh how long it takes, more or less, until it is looked again what the queue is like
 */
public record ReceiverLimits(int receives, int inHand, Backoff putBack, Duration linger, Duration refresh) {

    public static final int DEFAULT_RECEIVES = 16;
    public static final int DEFAULT_IN_HAND = 320;
    public static final Duration DEFAULT_LINGER = Duration.ofMillis(50);

    public static final Duration DEFAULT_REFRESH = Duration.ofMinutes(1);

    public static final ReceiverLimits DEFAULT = new ReceiverLimits(
            DEFAULT_RECEIVES,
            DEFAULT_IN_HAND,
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(15)),
            DEFAULT_LINGER,
            DEFAULT_REFRESH);

    public ReceiverLimits {
        if (receives < 1 || inHand < 1) {
            throw new IllegalArgumentException("at least one receive and one message: " + receives + ", " + inHand);
        }
    }

    /**
     * How long a message stays away that failed, so that those which failed together come back apart.
     *
     * @param receiveCount how often it was received, from 1
     * @param chance from 0 (half of the bound) to 1 (all of it)
     */
    public int putBackSeconds(int receiveCount, double chance) {
        return (int) Math.ceil(putBack.bound(receiveCount).toMillis() * (1 + chance) / 2 / 1_000);
    }
}
