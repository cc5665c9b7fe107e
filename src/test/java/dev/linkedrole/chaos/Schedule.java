package dev.linkedrole.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs actions at set times. A failed action fails the wait for the end. */
final class Schedule implements AutoCloseable {

    private final ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> acts = new ArrayList<>();
    private final Random random;

    Schedule(Random random) {
        this.random = random;
    }

    /** Runs an action at a time; a slow action delays no other. */
    void at(Duration time, Runnable act) {
        acts.add(CompletableFuture.runAsync(
                act, CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, hands)));
    }

    /** Runs an action a number of times, at random moments from now on. */
    void anywhereIn(Duration time, int times, Runnable act) {
        random.longs(times, 0, time.toMillis()).sorted().forEach(moment -> at(Duration.ofMillis(moment), act));
    }

    /** Runs an action for each item, evenly over a time from now on. */
    <T> void over(Duration time, List<T> things, Consumer<T> act) {
        for (int i = 0; i < things.size(); i++) {
            T thing = things.get(i);
            at(time.multipliedBy(i).dividedBy(things.size()), () -> act.accept(thing));
        }
    }

    /** Waits until all actions have ended. */
    void awaitEnd(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        for (CompletableFuture<Void> act : acts) {
            try {
                act.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AssertionError("not everything could be done as it was to be", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        acts.clear();
    }

    @Override
    public void close() {
        hands.shutdownNow();
    }
}
