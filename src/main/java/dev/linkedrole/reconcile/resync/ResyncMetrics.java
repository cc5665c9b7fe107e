package dev.linkedrole.reconcile.resync;

import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import dev.linkedrole.retry.ElapsedTime;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Metrics of the resync. */
@Singleton
public final class ResyncMetrics {

    private final MeterRegistry registry;
    private final InstantSource clock;
    private volatile Instant oldest;
    private volatile Duration last = Duration.ZERO;

    public ResyncMetrics(MeterRegistry registry, @ElapsedTime InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.oldest = clock.instant();
        registry.gauge("linked.role.resync.age.seconds", this, ResyncMetrics::age);
        registry.gauge("linked.role.resync.last.seconds", this, metrics -> metrics.last.toMillis() / 1_000.0);
    }

    /** Returns the longest time for which roles may not have been compared, by any replica. */
    private double age() {
        return Duration.between(oldest, clock.instant()).toMillis() / 1_000.0;
    }

    void note(Run run) {
        oldest = run.oldest();
        if (!run.results().isEmpty()) {
            last = run.took();
        }
        run.results()
                .forEach((result, many) -> registry.counter(
                                "linked.role.resync.roles",
                                "result",
                                result.name().toLowerCase(Locale.ROOT))
                        .increment(many));
    }
}
