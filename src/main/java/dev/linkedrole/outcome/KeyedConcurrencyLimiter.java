package dev.linkedrole.outcome;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Concurrency limiter by key: drains each lane in one task at a time, bounds the number of concurrent lanes, and queues
 * a bounded number of others. A lane that does not fit into the queue is found by the next scan of the backlog.
 */
final class KeyedConcurrencyLimiter {

    private final int atOnce;
    private final int mostWaiting;
    private final Set<String> busy = new HashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();

    KeyedConcurrencyLimiter(int atOnce, int mostWaiting) {
        this.atOnce = atOnce;
        this.mostWaiting = mostWaiting;
    }

    /** Acquires a lane. If that is not possible now, the lane is queued until another one {@linkplain #end ends}. */
    synchronized boolean begin(String lane) {
        if (busy.size() < atOnce && !busy.contains(lane)) {
            busy.add(lane);
            return true;
        }
        if (waiting.size() < mostWaiting) {
            waiting.add(lane);
        }
        return false;
    }

    /** Releases a lane and returns the next one to drain. */
    synchronized Optional<String> end(String lane) {
        busy.remove(lane);
        notifyAll();
        Optional<String> next =
                waiting.stream().filter(other -> !busy.contains(other)).findFirst();
        next.ifPresent(other -> {
            waiting.remove(other);
            busy.add(other);
        });
        return next;
    }

    /** Drops the queued lanes. */
    synchronized void forgetWaiting() {
        waiting.clear();
    }

    /**
     * Waits until no lane is acquired.
     *
     * @return true if that happened in time
     */
    synchronized boolean awaitNobody(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
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
