package dev.linkedrole.outcome;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which lanes are being emptied and which are to be next: each by one at a time, not too many at once, and not more remembered than there
 * is room for. What is forgotten is found by the next look at the backlog.
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

    /** Whether the lane's turn is now; else it is later, once whoever is in the way has {@link #end ended} his. */
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

    /** Ends a lane's turn, and says whose is next. */
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

    /** Forgets those that wait for their turn. */
    synchronized void forgetWaiting() {
        waiting.clear();
    }

    /**
     * Waits until nobody has a turn.
     *
     * @return whether that came about in time
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
