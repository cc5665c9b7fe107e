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
 * Circuit breaker of something that all work needs: open once it has failed several times in a row, closed by the first success.
 *
 * <p>From the first failure on it is probed, with backoff, until a probe succeeds. So it takes no work to find out that it is away, nor that
 * it is back.
 *
 * @see <a href="https://learn.microsoft.com/azure/architecture/patterns/circuit-breaker">Circuit Breaker pattern</a>
 */
public final class CircuitBreaker {

    /** The failures in a row that open it. Each is a call with all its own attempts; one may be a hiccup. */
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
     * @param name what it is about, as a sentence's subject
     * @param counts which failures tell of it; others are those of the single call
     * @param probe succeeds if it can be used
     */
    public CircuitBreaker(String name, Predicate<Throwable> counts, Supplier<Uni<Void>> probe, Retry retry) {
        this.name = name;
        this.counts = counts;
        this.probe = probe;
        this.retry = retry;
    }

    /** One that never opens. */
    public static CircuitBreaker alwaysClosed(Retry retry) {
        return new CircuitBreaker(
                "nothing", failure -> false, () -> Uni.createFrom().voidItem(), retry);
    }

    /** Does work, and counts its end. It is never kept from being done. */
    public <T> Uni<T> watch(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .deferred(() -> work.get())
                .invoke(this::succeeded)
                .onFailure(counts)
                .invoke(this::failed);
    }

    /** Does work whose success says too little, as that of a read before a write, and counts its failure. */
    public <T> Uni<T> watchFailures(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> work.get()).onFailure(counts).invoke(this::failed);
    }

    /** Why it is open; empty while it is closed. */
    public Optional<String> open() {
        return Optional.ofNullable(reason);
    }

    /** Has something done each time it closes. */
    public void whenClosed(Runnable reaction) {
        closings.add(reaction);
    }

    /** Probes no more. */
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

    private void failed(Throwable failure) {
        boolean begin;
        synchronized (this) {
            count(failure);
            begin = !probing && !stopped;
            probing |= begin;
        }
        if (begin) {
            probeAfterPause(1);
        }
    }

    private synchronized void count(Throwable failure) {
        failures++;
        if (failures < THRESHOLD) {
            return;
        }
        if (reason == null) {
            LOG.warn("{} cannot be used, and nothing is received until it can: {}", name, failure.getMessage());
        }
        reason = name + " cannot be used: " + failure.getMessage();
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
            count(failure);
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
