package dev.linkedrole.outcome;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Concurrency limiter by key: drains each lane in one task at a time, bounds the number of concurrent lanes, and queues
 * a bounded number of further ones. A lane that does not fit into the queue is found by the next sweep of the outbox.
 */
final class KeyedConcurrencyLimiter {

    private final int atOnce;
    private final int maxQueued;
    private final Set<String> busy = new HashSet<>();
    private final Set<String> queued = new LinkedHashSet<>();

    KeyedConcurrencyLimiter(int atOnce, int maxQueued) {
        this.atOnce = atOnce;
        this.maxQueued = maxQueued;
    }

    /**
     * Acquires a lane. If the lane or the limit is in use, the lane is queued until another one {@linkplain #end ends}.
     */
    synchronized boolean begin(String lane) {
        if (busy.size() < atOnce && !busy.contains(lane)) {
            busy.add(lane);
            return true;
        }
        if (queued.size() < maxQueued) {
            queued.add(lane);
        }
        return false;
    }

    /** Releases a lane and returns the next one to drain. */
    synchronized Optional<String> end(String lane) {
        busy.remove(lane);
        notifyAll();
        Optional<String> next =
                queued.stream().filter(other -> !busy.contains(other)).findFirst();
        next.ifPresent(other -> {
            queued.remove(other);
            busy.add(other);
        });
        return next;
    }

    /** Drops the queued lanes. */
    synchronized void forgetQueued() {
        queued.clear();
    }

    /**
     * Waits until no lane is acquired.
     *
     * @return true if none is acquired within the timeout
     */
    synchronized boolean awaitIdle(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!busy.isEmpty()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
