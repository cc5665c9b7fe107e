package dev.linkedrole.retry;

import java.time.Duration;

/**
 * Exponential backoff with full jitter: the pause before a retry is random, up to a bound that doubles with each
 * attempt. Pauses near zero are intended: they spread out callers that failed together.
 *
 * @param first the bound before the second attempt, at least a millisecond
 * @param longest the upper limit of the bound, at least {@code first}
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter</a>
 */
public record Backoff(Duration first, Duration longest) {

    /** Maximum number of doublings; more would exceed any bound. */
    private static final int MAX_DOUBLINGS = 40;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a backoff begins with at least a millisecond and does not shrink: " + first + ", " + longest);
        }
    }

    /**
     * Maximum pause after an attempt.
     *
     * @param attempt number of the failed attempt, from 1
     */
    public Duration bound(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
        double millis = Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis((long) millis);
    }

    /**
     * Returns the pause after an attempt; always positive, so that a time limit is reached.
     *
     * @param attempt number of the failed attempt, from 1
     * @param chance from 0 (none of the bound) to 1 (all of it)
     */
    public Duration pause(int attempt, double chance) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (bound(attempt).toNanos() * chance)));
    }
}
