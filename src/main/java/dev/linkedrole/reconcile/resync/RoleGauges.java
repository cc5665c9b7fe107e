package dev.linkedrole.reconcile.resync;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.LinkedRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Gauges of the {@link RoleCounts}. */
@Singleton
public final class RoleGauges {

    private final RoleCounts counts;
    private final InstantSource clock;
    private final MeterRegistry registry;

    RoleGauges(Resync resync, InstantSource clock, MeterRegistry registry) {
        this.counts = resync.counts();
        this.clock = clock;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        register();
    }

    void register() {
        for (LinkedRole.Lifecycle lifecycle : LinkedRole.Lifecycle.values()) {
            Gauge.builder("linked.role.roles", counts, all -> all.roles(lifecycle))
                    .description("Recorded roles by lifecycle, of the shards that this replica compared last.")
                    .tag("lifecycle", lifecycle.word())
                    .register(registry);
        }
        for (Condition.Type condition : Condition.Type.values()) {
            Gauge.builder("linked.role.conditions", counts, all -> all.roles(condition))
                    .description("Roles with a condition, of the shards that this replica compared last.")
                    .tag("condition", condition.name())
                    .register(registry);
        }
        Gauge.builder(
                        "linked.role.pending.changes",
                        counts,
                        all -> all.pending().number())
                .description("Roles with a recorded change that is not in IAM yet; 0 if another replica looked last.")
                .register(registry);
        Gauge.builder("linked.role.pending.oldest.age", this, RoleGauges::oldest)
                .description(
                        "Age of the oldest recorded change that is not in IAM yet; 0 if another replica looked last.")
                .baseUnit("seconds")
                .register(registry);
    }

    private double oldest() {
        return counts.pending()
                .oldest()
                .map(since ->
                        Math.max(0, Duration.between(since, clock.instant()).toMillis() / 1_000.0))
                .orElse(0.0);
    }
}
