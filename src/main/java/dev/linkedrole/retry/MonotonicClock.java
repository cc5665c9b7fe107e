package dev.linkedrole.retry;

import java.time.Instant;
import java.time.InstantSource;

/** Monotonic clock: it counts on from the time of day at which it was created, and no one can set it. */
public final class MonotonicClock implements InstantSource {

    private final Instant start = Instant.now();
    private final long origin = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plusNanos(System.nanoTime() - origin);
    }
}
