package dev.linkedrole.ledger.pauses;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.pause.PauseScope;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link PauseWatch} periodically, so that work rarely waits for it, and its metrics are up to date. */
@Singleton
public class PauseWatchSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(PauseWatchSchedule.class);

    private final PauseWatch watch;
    private final InstantSource clock;
    private final boolean observe;

    PauseWatchSchedule(PauseWatch watch, InstantSource clock, ControllerConfig config, MeterRegistry registry) {
        this.watch = watch;
        this.clock = clock;
        this.observe = config.observe();
        Gauge.builder("linked.role.observe", this, schedule -> schedule.observe ? 1 : 0)
                .description("1 if this replica writes nothing to IAM, else 0.")
                .register(registry);
        count(registry, "all", PauseScope.All.class);
        count(registry, "account", PauseScope.OfAccount.class);
        count(registry, "role", PauseScope.OfRole.class);
    }

    void start(@Observes StartupEvent event) {
        if (observe) {
            LOG.warn("linked-role.observe is on: this service writes nothing to IAM");
        }
    }

    private void count(MeterRegistry registry, String kind, Class<? extends PauseScope> scope) {
        Gauge.builder("linked.role.pauses", this, schedule -> schedule.count(scope))
                .description("Pauses in force, by what they cover.")
                .tag("scope", kind)
                .register(registry);
    }

    private double count(Class<? extends PauseScope> scope) {
        return watch.known().inForce(clock.instant()).stream()
                .filter(pause -> scope.isInstance(pause.scope()))
                .count();
    }

    /** Reads the pauses. Never fails: work that needs them reads them again, and says why it cannot. */
    @Scheduled(identity = "pause-watch", every = "4s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return watch.look()
                .onFailure()
                .invoke(failure -> LOG.atDebug().log("The pauses could not be read: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
