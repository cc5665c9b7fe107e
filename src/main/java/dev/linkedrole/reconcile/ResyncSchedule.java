package dev.linkedrole.reconcile;

import dev.linkedrole.retry.Steady;
import dev.linkedrole.role.InstanceId;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the resync's {@link Shifts} worked from time to time; one that takes long is not overtaken by the next. */
@Singleton
public class ResyncSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(ResyncSchedule.class);

    private final Shifts shifts;
    private final ResyncMetrics metrics;
    private final InstantSource clock;
    private volatile Instant next;

    ResyncSchedule(Shifts shifts, ResyncMetrics metrics, @Steady InstantSource clock) {
        this.shifts = shifts;
        this.metrics = metrics;
        this.clock = clock;
        this.next = clock.instant().plus(shifts.beat());
    }

    /** The beat follows from what is configured, which an annotation cannot work out. */
    @Scheduled(identity = "resync", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> second() {
        if (clock.instant().isBefore(next)) {
            return Uni.createFrom().voidItem();
        }
        return shifts.work(ResyncSchedule::failed)
                .invoke(shift -> {
                    metrics.note(shift);
                    if (!shift.turns().isEmpty()) {
                        LOG.atInfo()
                                .addKeyValue("shares", shift.shares())
                                .addKeyValue("turns", shift.turns())
                                .log("Resync is through");
                    }
                })
                .onFailure(failure -> !(failure instanceof StoppingException))
                .invoke(failure ->
                        LOG.atWarn().setCause(failure).log("Resync could not go on; the next one begins anew"))
                .onFailure()
                .recoverWithNull()
                .invoke(() -> next = clock.instant().plus(shifts.beat()))
                .replaceWithVoid();
    }

    /** Before the intake waits until all is done. */
    void stop(@Observes @Priority(0) ShutdownEvent event) {
        shifts.stop();
    }

    private static void failed(InstanceId instance, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("instance", instance)
                .setCause(failure)
                .log("A role could not be compared with IAM; it has its next turn in the next round");
    }
}
