package dev.linkedrole.loop;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Work-in-progress drain loop: does all pending work, on one thread at a time and never nested. A call while it runs,
 * from another thread or from the work itself, makes the running one look again and returns at once.
 */
public final class DrainLoop {

    private final BooleanSupplier next;
    private final AtomicInteger calls = new AtomicInteger();

    /** @param next does the next piece of work, if any; returns true if there was one */
    public DrainLoop(BooleanSupplier next) {
        this.next = next;
    }

    /** Does all pending work, or makes the running call look again, so that no work from before this call is left. */
    public void drain() {
        if (calls.getAndIncrement() != 0) {
            return;
        }
        int seen = 1;
        do {
            boolean more = true;
            while (more) {
                more = next.getAsBoolean();
            }
            seen = calls.addAndGet(-seen);
        } while (seen != 0);
    }
}
