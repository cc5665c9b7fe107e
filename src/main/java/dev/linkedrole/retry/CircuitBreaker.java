package dev.linkedrole.retry;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Circuit breaker of a dependency that all work needs: it opens after several consecutive failures, and the first
 * success closes it.
 *
 * <p>From the first failure on the dependency is probed, with backoff, until a probe succeeds. So no work is needed to
 * find out whether the dependency is available.
 *
 * @see <a href="https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker">Circuit Breaker pattern</a>
 */
public final class CircuitBreaker {

    /**
     * Consecutive failures that open the breaker. Each is a call with all its own attempts; a single one may be
     * transient.
     */
    static final int THRESHOLD = 3;

    private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);

    private static final Backoff BETWEEN_PROBES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final String name;
    private final Predicate<Throwable> counts;
    private final Supplier<Uni<Void>> probe;
    private final Retry retry;
    private final List<Runnable> closings = new CopyOnWriteArrayList<>();

    private int failures;
    private boolean probing;
    private boolean stopped;
    private volatile @Nullable String reason;

    /**
     * @param name the dependency, as the subject of a sentence
     * @param counts failures that count; others concern the single call only
     * @param probe succeeds if the dependency is available
     */
    public CircuitBreaker(String name, Predicate<Throwable> counts, Supplier<Uni<Void>> probe, Retry retry) {
        this.name = name;
        this.counts = counts;
        this.probe = probe;
        this.retry = retry;
    }

    /** Circuit breaker that never opens. */
    public static CircuitBreaker alwaysClosed(Retry retry) {
        return new CircuitBreaker(
                "nothing", failure -> false, () -> Uni.createFrom().voidItem(), retry);
    }

    /** Runs work and counts its success or failure. The work runs even while the breaker is open. */
    public <T> Uni<T> watch(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> work.get())
                .invoke(this::succeeded)
                .onFailure(counts)
                .invoke(this::failed);
    }

    /**
     * Runs work and counts only its failure, for work whose success does not prove enough, such as a read before a
     * write.
     */
    public <T> Uni<T> watchFailures(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> work.get()).onFailure(counts).invoke(this::failed);
    }

    /** Reason why the breaker is open; empty while it is closed. */
    public Optional<String> open() {
        return Optional.ofNullable(reason);
    }

    /** Registers a callback for each time the breaker closes. */
    public void whenClosed(Runnable reaction) {
        closings.add(reaction);
    }

    /** Stops the probing. */
    public synchronized void stop() {
        stopped = true;
    }

    private void succeeded() {
        synchronized (this) {
            failures = 0;
            if (reason == null) {
                return;
            }
            reason = null;
        }
        LOG.info("{} can be used again, and receiving goes on", name);
        closings.forEach(Runnable::run);
    }

    /** Opens the breaker at once, for a failure without whose end no work can begin. */
    public void trip(Throwable failure) {
        failed(failure, THRESHOLD);
    }

    private void failed(Throwable failure) {
        failed(failure, 1);
    }

    private void failed(Throwable failure, int weight) {
        boolean begin;
        synchronized (this) {
            count(failure, weight);
            begin = !probing && !stopped;
            probing |= begin;
        }
        if (begin) {
            probeAfterPause(1);
        }
    }

    private synchronized void count(Throwable failure, int weight) {
        failures += weight;
        if (failures < THRESHOLD) {
            return;
        }
        String why = FailureText.of(failure);
        if (reason == null) {
            LOG.warn("{} cannot be used, and nothing is received until it can: {}", name, why);
        }
        reason = name + " cannot be used: " + why;
    }

    private void probeAfterPause(int attempt) {
        retry.pause(BETWEEN_PROBES.pause(attempt, retry.chance())).subscribe().with(ignored -> probe(attempt));
    }

    private void probe(int attempt) {
        synchronized (this) {
            probing = failures > 0 && !stopped;
            if (!probing) {
                return;
            }
        }
        Uni.createFrom().deferred(() -> probe.get()).subscribe().with(done -> back(), failure -> {
            count(failure, 1);
            probeAfterPause(attempt + 1);
        });
    }

    private void back() {
        synchronized (this) {
            probing = false;
        }
        succeeded();
    }
}
