package dev.linkedrole.reconcile.resync;

import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import dev.linkedrole.retry.ElapsedTime;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Metrics of the resync. All series exist from the start. */
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
        Gauge.builder("linked.role.resync.age.seconds", this, ResyncMetrics::age)
                .description("Time for which some roles may not have been compared with IAM by any replica.")
                .register(registry);
        Gauge.builder("linked.role.resync.last.seconds", this, metrics -> metrics.last.toMillis() / 1_000.0)
                .description("Duration of the last resync of this replica.")
                .register(registry);
        for (ResyncResult result : ResyncResult.values()) {
            roles(result);
        }
    }

    private Counter roles(ResyncResult result) {
        return Counter.builder("linked.role.resync.roles")
                .description("Comparisons of one role with IAM, by result.")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
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
        run.results().forEach((result, many) -> roles(result).increment(many));
    }
}
