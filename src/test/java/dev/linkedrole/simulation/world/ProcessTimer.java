package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Scheduler in virtual time. */
public final class ProcessTimer extends AbstractExecutorService implements ScheduledExecutorService {

    private final VirtualTime time;
    private final CrashingProcess process;

    public ProcessTimer(VirtualTime time, CrashingProcess process) {
        this.time = time;
        this.process = process;
    }

    @Override
    public void execute(Runnable work) {
        var _ = schedule(work, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return schedule(
                () -> {
                    work.run();
                    return true;
                },
                delay,
                unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        Wait<V> wait = new Wait<>();
        String purpose = process.doing();
        time.in(Duration.ofNanos(unit.toNanos(delay)), process, () -> {
            if (!wait.isCancelled()) {
                process.during(purpose, () -> wait.end(work));
            }
        });
        return wait;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long initial, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing here goes on for ever by itself");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long initial, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nothing here goes on for ever by itself");
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
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

    /** A scheduled task. */
    private static final class Wait<V> implements ScheduledFuture<V> {

        private final CompletableFuture<V> end = new CompletableFuture<>();

        private void end(Callable<V> work) {
            try {
                end.complete(work.call());
            } catch (Exception failure) {
                end.completeExceptionally(failure);
                throw new IllegalStateException("what had waited failed", failure);
            }
        }

        @Override
        public long getDelay(TimeUnit unit) {
            throw new UnsupportedOperationException("nobody is to ask how long it takes");
        }

        @Override
        public int compareTo(Delayed other) {
            throw new UnsupportedOperationException("nobody is to compare it");
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            return end.cancel(mayInterrupt);
        }

        @Override
        public boolean isCancelled() {
            return end.isCancelled();
        }

        @Override
        public boolean isDone() {
            return end.isDone();
        }

        @Override
        public V get() throws InterruptedException, ExecutionException {
            return end.get();
        }

        @Override
        public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
            return end.get(timeout, unit);
        }
    }
}
