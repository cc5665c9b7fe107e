package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/**
 * Virtual time: it advances when nothing is left to do at the present moment. Tasks due at the same moment run in
 * random order.
 */
public final class VirtualTime implements InstantSource {

    static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final Randomness chance;
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nanos;
    private long tasksEver;

    VirtualTime(Randomness chance) {
        this.chance = chance;
    }

    /** A scheduled action, which is dropped if its process is dead by then. */
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

    /** Schedules an action. */
    public void in(Duration delay, CrashingProcess owner, Runnable work) {
        tasks.add(new Task(
                nanos + Math.max(0, delay.toNanos()), chance.below(Integer.MAX_VALUE), tasksEver++, owner, work));
    }

    /** Runs all actions due until a time since the start, and their consequences. */
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

    /**
     * Runs all actions due within a time limit, and their consequences, until none is left; advances the time no
     * further than that takes.
     */
    void settle(Duration timeout) {
        while (!tasks.isEmpty() && tasks.peek().at() - nanos <= timeout.toNanos()) {
            Task next = tasks.remove();
            if (next.owner().lives()) {
                nanos = Math.max(nanos, next.at());
                next.work().run();
            }
        }
    }

    /** Returns the number of steps so far. */
    public long steps() {
        return tasksEver;
    }
}
