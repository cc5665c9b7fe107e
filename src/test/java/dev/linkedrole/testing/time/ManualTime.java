package dev.linkedrole.testing.time;

import dev.linkedrole.retry.Retry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Virtual clock and scheduler: time passes only when a test advances it. Due tasks then run in order, on the thread
 * that advances it.
 */
public final class ManualTime extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {

    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.comparing((Task<?> task) -> task.due).thenComparingLong(task -> task.number));
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");
    private long numbers;

    @Override
    public Instant instant() {
        return now;
    }

    /** Creates a retry in virtual time with a constant random number. */
    public Retry retry(double chance) {
        return new Retry(this, () -> chance);
    }

    public void pass(Duration time) {
        Instant end = now.plus(time);
        for (Task<?> next = tasks.peek(); next != null && !next.due.isAfter(end); next = tasks.peek()) {
            tasks.remove();
            now = next.due;
            next.run();
        }
        now = end;
    }

    /** Schedules work after a delay. */
    public void later(Duration delay, Runnable work) {
        tasks.add(new Task<>(() -> run(work), now.plus(delay), numbers++));
    }

    private <T> Task<T> add(Callable<T> work, long delay, TimeUnit unit) {
        Task<T> task = new Task<>(work, now.plusNanos(unit.toNanos(delay)), numbers++);
        tasks.add(task);
        return task;
    }

    @Override
    public void execute(Runnable work) {
        later(Duration.ZERO, work);
    }

    private static Boolean run(Runnable work) {
        work.run();
        return true;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return add(() -> run(work), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        return add(work, delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long every, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing here repeats by itself");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long every, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing here repeats by itself");
    }

    @Override
    public void shutdown() {
        tasks.clear();
    }

    @Override
    public List<Runnable> shutdownNow() {
        tasks.clear();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return false;
    }

    @Override
    public boolean isTerminated() {
        return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return false;
    }

    private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
        private final Instant due;
        private final long number;

        Task(Callable<V> work, Instant due, long number) {
            super(work);
            this.due = due;
            this.number = number;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(number);
        }
    }
}
