package dev.linkedrole.retry;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Bounded retry with {@link Backoff}. Mutiny's own retry does the same, but its random source cannot be seeded. */
public final class Retry {

    private final ScheduledExecutorService timer;
    private final DoubleSupplier chance;

    /**
     * @param timer runs tasks after a pause
     * @param chance random number from 0 to 1
     */
    public Retry(ScheduledExecutorService timer, DoubleSupplier chance) {
        this.timer = timer;
        this.chance = chance;
    }

    /** Retry with the system's timer and random source. */
    public static Retry inRealTime() {
        return new Retry(
                Infrastructure.getDefaultWorkerPool(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Random number from 0 to 1, for callers that compute a pause themselves. */
    public double chance() {
        return chance.getAsDouble();
    }

    /**
     * Completes after a pause.
     *
     * @param pause positive
     */
    public Uni<Void> pause(Duration pause) {
        return Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(pause);
    }

    /** Puts a timeout on work: it is cancelled and fails if it has not ended by then. */
    public <T> Uni<T> within(Duration limit, Uni<T> work) {
        return work.ifNoItem()
                .after(limit)
                .on(timer)
                .failWith(() -> new TimeoutException("no answer within " + limit.toMillis() + " ms"));
    }

    /**
     * Runs work, and retries while it fails with a transient failure.
     *
     * @param attempts maximum number of attempts, at least 1
     * @param mayPass true for failures that a retry may resolve
     * @return fails with the failure of the last attempt
     */
    public <T> Uni<T> upTo(int attempts, Backoff backoff, Predicate<Throwable> mayPass, Supplier<Uni<T>> work) {
        return attempt(1, attempts, ChronoUnit.FOREVER.getDuration(), backoff, mayPass, work);
    }

    /**
     * Runs work, and retries for a limited time: the pauses between attempts add up to the timeout, and a last attempt
     * is made at its end, even if the backoff is longer.
     *
     * @return fails with the failure of the last attempt
     */
    public <T> Uni<T> within(Duration timeout, Backoff backoff, Predicate<Throwable> mayPass, Supplier<Uni<T>> work) {
        return attempt(1, Integer.MAX_VALUE, timeout, backoff, mayPass, work);
    }

    private <T> Uni<T> attempt(
            int attempt,
            int attempts,
            Duration timeout,
            Backoff backoff,
            Predicate<Throwable> mayPass,
            Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> work.get())
                .onFailure(failure -> attempt < attempts && mayPass.test(failure))
                .recoverWithUni(failure -> {
                    if (!timeout.isPositive()) {
                        return Uni.createFrom().failure(failure);
                    }
                    Duration desired = backoff.pause(attempt, chance.getAsDouble());
                    Duration pause = desired.compareTo(timeout) < 0 ? desired : timeout;
                    return pause(pause)
                            .chain(() -> attempt(attempt + 1, attempts, timeout.minus(pause), backoff, mayPass, work));
                });
    }
}
