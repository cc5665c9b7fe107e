package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** A time that passes when there is nothing left to do now. What is due at the same moment comes in an order left to chance. */
public final class VirtualTime implements InstantSource {

    static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final Randomness chance;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nanos;
    private long tasksEver;

    VirtualTime(Randomness chance) {
        this.chance = chance;
    }

    /** A scheduled action, unless its process is gone by then. */
    private record Task(long at, int tie, long number, CrashingProcess owner, Runnable work)
            implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            if (at != other.at) {
                return Long.compare(at, other.at);
            }
            return tie != other.tie ? Integer.compare(tie, other.tie) : Long.compare(number, other.number);
        }
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    public Duration passed() {
        return Duration.ofNanos(nanos);
    }

    /** Does something after a while. */
    public void in(Duration delay, CrashingProcess owner, Runnable work) {
        tasks.add(new Task(
                nanos + Math.max(0, delay.toNanos()), chance.below(Integer.MAX_VALUE), tasksEver++, owner, work));
    }

    /** Does all that is due until so much time has passed since the start, and whatever comes of it. */
    public void runUntil(Duration sinceStart, Runnable afterEach) {
        long end = sinceStart.toNanos();
        while (!tasks.isEmpty() && tasks.peek().at() <= end) {
            Task next = tasks.remove();
            if (next.owner().lives()) {
                nanos = next.at();
                next.work().run();
                afterEach.run();
            }
        }
        nanos = Math.max(nanos, end);
    }

    /** Does all that is due before long, and whatever comes of it, until nothing is; and lets no more time pass than that takes. */
    void settle(Duration patience) {
        while (!tasks.isEmpty() && tasks.peek().at() - nanos <= patience.toNanos()) {
            Task next = tasks.remove();
            if (next.owner().lives()) {
                nanos = Math.max(nanos, next.at());
                next.work().run();
            }
        }
    }

    /** Number of steps so far. */
    public long steps() {
        return tasksEver;
    }
}
