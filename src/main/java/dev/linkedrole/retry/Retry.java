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

/**
 * Does work again that failed, after a {@link Backoff}, a bounded number of times. Mutiny's own retry does the same, but asks a
 * source of chance that nothing can seed.
 */
public final class Retry {

    private final ScheduledExecutorService timer;
    private final DoubleSupplier chance;

    /**
     * @param timer runs what has waited
     * @param chance from 0 to 1
     */
    public Retry(ScheduledExecutorService timer, DoubleSupplier chance) {
        this.timer = timer;
        this.chance = chance;
    }

    /** One that waits in real time, by real chance. */
    public static Retry inRealTime() {
        return new Retry(
                Infrastructure.getDefaultWorkerPool(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** A chance from 0 to 1, for whoever waits in a way of his own. */
    public double chance() {
        return chance.getAsDouble();
    }

    /**
     * Nothing, after a while.
     *
     * @param pause longer than nothing
     */
    public Uni<Void> pause(Duration pause) {
        return Uni.createFrom().voidItem().onItem().delayIt().onExecutor(timer).by(pause);
    }

    /** Work that fails, and is given up, if it has not ended after a while. */
    public <T> Uni<T> within(Duration limit, Uni<T> work) {
        return work.ifNoItem()
                .after(limit)
                .on(timer)
                .failWith(() -> new TimeoutException("no answer within " + limit.toMillis() + " ms"));
    }

    /**
     * Does work, and again while it fails with what may pass.
     *
     * @param attempts how often in all, at least 1
     * @param mayPass which failures are worth another attempt
     * @return fails with what the last attempt failed with
     */
    public <T> Uni<T> upTo(int attempts, Backoff backoff, Predicate<Throwable> mayPass, Supplier<Uni<T>> work) {
        return attempt(1, attempts, ChronoUnit.FOREVER.getDuration(), backoff, mayPass, work);
    }

    /**
     * The same for as long as patience lasts: the waits between attempts take as long as that together, and a last attempt is made
     * at its end, however long the backoff would have it wait.
     *
     * @return fails with what the last attempt failed with
     */
    public <T> Uni<T> within(Duration patience, Backoff backoff, Predicate<Throwable> mayPass, Supplier<Uni<T>> work) {
        return attempt(1, Integer.MAX_VALUE, patience, backoff, mayPass, work);
    }

    private <T> Uni<T> attempt(
            int attempt,
            int attempts,
            Duration patience,
            Backoff backoff,
            Predicate<Throwable> mayPass,
            Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> work.get())
                .onFailure(failure -> attempt < attempts && mayPass.test(failure))
                .recoverWithUni(failure -> {
                    if (!patience.isPositive()) {
                        return Uni.createFrom().failure(failure);
                    }
                    Duration desired = backoff.pause(attempt, chance.getAsDouble());
                    Duration pause = desired.compareTo(patience) < 0 ? desired : patience;
                    return pause(pause)
                            .chain(() -> attempt(attempt + 1, attempts, patience.minus(pause), backoff, mayPass, work));
                });
    }
}
