package dev.linkedrole.retry;

import java.time.Duration;

/**
 * How long to wait before something is tried again: any time up to a bound that doubles with each attempt. That next to
 * nothing may come out ("full jitter") is what spreads those out that failed together.
 *
 * @param first the bound before the second attempt, at least a millisecond
 * @param longest the bound that is never passed, at least {@code first}
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>
 */
public record Backoff(Duration first, Duration longest) {

    /** Doubling more often than this is past any bound there is. */
    private static final int MAX_DOUBLINGS = 40;

    public Backoff {
        if (first.toMillis() < 1 || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "a backoff begins with at least a millisecond and does not shrink: " + first + ", " + longest);
        }
    }

    /**
     * The longest wait after an attempt.
     *
     * @param attempt which one failed, from 1
     */
    public Duration bound(int attempt) {
        int doublings = Math.clamp(attempt - 1L, 0, MAX_DOUBLINGS);
        double millis = Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, doublings));
        return Duration.ofMillis((long) millis);
    }

    /**
     * The wait after an attempt; never nothing, so that patience comes to its end.
     *
     * @param attempt which one failed, from 1
     * @param chance from 0 (none of the bound) to 1 (all of it)
     */
    public Duration pause(int attempt, double chance) {
        return Duration.ofNanos(Math.max(1_000_000, (long) (bound(attempt).toNanos() * chance)));
    }
}
