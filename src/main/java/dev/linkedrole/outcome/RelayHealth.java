package dev.linkedrole.outcome;

import dev.linkedrole.ledger.OutboxBacklog;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.outcome.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Health of publishing: metrics and the last failure for operators, and a circuit breaker for the relay. */
final class RelayHealth {

    private static final Logger LOG = LoggerFactory.getLogger(RelayHealth.class);

    /** Consecutive failures after which nothing is published until the next sweep. */
    private static final int MAX_FAILURES = 5;

    /** Types of outcomes. */
    private static final List<String> TYPES = List.of("role-updated", "role-repaired", "role-deleted", "grant-refused");

    private final MeterRegistry registry;
    private final Counter failed;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private volatile Optional<String> lastFailure = Optional.empty();
    private volatile OutboxBacklog backlog = new OutboxBacklog(Set.of(), 0, Optional.empty(), true);

    RelayHealth(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.failed = Counter.builder("linked.role.outcomes.failed")
                .description("Failed attempts to publish an outcome.")
                .register(registry);
        TYPES.forEach(this::published);
        Gauge.builder("linked.role.outcomes.pending", () -> backlog.pending())
                .description("Outcomes that wait to be published, as last counted.")
                .register(registry);
        Gauge.builder("linked.role.outcomes.oldest.age", () -> age(clock))
                .description("Time for which the oldest outcome has waited to be published.")
                .baseUnit("seconds")
                .register(registry);
    }

    /**
     * Age of the oldest outcome, never negative: an outcome that another replica added may be later than now by this
     * replica's clock.
     */
    private double age(InstantSource clock) {
        return backlog.oldest()
                .map(since -> (double)
                        Math.max(0L, Duration.between(since, clock.instant()).toSeconds()))
                .orElse(0.0);
    }

    private Counter published(String type) {
        return Counter.builder("linked.role.outcomes.published")
                .description("Outcomes published, by type.")
                .tag("type", type)
                .register(registry);
    }

    void published(Outcome outcome) {
        if (failuresInARow.getAndSet(0) >= MAX_FAILURES) {
            LOG.info("Outcomes can be published again");
        }
        lastFailure = Optional.empty();
        published(outcome.type()).increment();
    }

    void failed(Throwable failure) {
        failuresInARow.incrementAndGet();
        lastFailure = Optional.of(FailureText.of(failure));
        failed.increment();
    }

    /** Records the backlog of the last sweep. */
    void pending(OutboxBacklog found) {
        backlog = found;
    }

    boolean targetFails() {
        return failuresInARow.get() >= MAX_FAILURES;
    }

    void tryAgain() {
        failuresInARow.set(0);
    }

    /** Last failure, if nothing was published since. */
    Optional<String> lastFailure() {
        return lastFailure;
    }

    OutboxBacklog backlog() {
        return backlog;
    }
}
