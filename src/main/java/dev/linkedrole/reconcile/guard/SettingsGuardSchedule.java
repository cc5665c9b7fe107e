package dev.linkedrole.reconcile.guard;

import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.guard.ChangeCounts;
import dev.linkedrole.role.guard.HeldChange;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link SettingsGuard} periodically, since another replica may get the release, and shows what is held. A
 * replica that holds a change is ready: recorded grants are in force.
 */
@Readiness
@Singleton
public class SettingsGuardSchedule implements HealthCheck {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsGuardSchedule.class);

    private final SettingsGuard guard;

    SettingsGuardSchedule(SettingsGuard guard, MeterRegistry registry) {
        this.guard = guard;
        Gauge.builder(
                        "linked.role.change.held",
                        this,
                        schedule -> schedule.held().isPresent() ? 1 : 0)
                .description("1 if this replica holds a change of the settings or the catalog, else 0.")
                .register(registry);
        count(registry, "changed", ChangeCounts::changed);
        count(registry, "restricted", ChangeCounts::restricted);
    }

    private void count(MeterRegistry registry, String effect, ToLongFunction<ChangeCounts> number) {
        Gauge.builder(
                        "linked.role.change.held.roles",
                        this,
                        schedule -> schedule.held()
                                .flatMap(HeldChange::counts)
                                .map(number::applyAsLong)
                                .orElse(0L))
                .description("Roles that the held change of the settings concerns, by its effect on them.")
                .tag("effect", effect)
                .register(registry);
    }

    private Optional<HeldChange> held() {
        return guard.view().change();
    }

    /** Reads the accepted settings. Never fails: nothing is written to IAM before they were read once. */
    @Scheduled(
            identity = "settings-guard",
            every = "5s",
            delayed = "5s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return guard.look()
                .onFailure()
                .invoke(failure ->
                        LOG.atDebug().log("The accepted settings could not be read: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull();
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder up = HealthCheckResponse.named("settings").up();
        held().ifPresent(change -> up.withData("held", change.sentence()));
        return up.build();
    }
}
