package dev.linkedrole.reconcile;

import dev.linkedrole.role.InstanceId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs {@link Resync} from time to time; a round that takes longer than its period is not overtaken by the next. */
@Singleton
public class ResyncSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(ResyncSchedule.class);

    private final Resync resync;

    ResyncSchedule(Resync resync) {
        this.resync = resync;
    }

    @Scheduled(
            identity = "resync",
            every = "${linked-role.resync.every:10m}",
            delayed = "${linked-role.resync.every:10m}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> round() {
        return resync.run(ResyncSchedule::failed)
                .invoke(turns -> LOG.atInfo().addKeyValue("turns", turns).log("Resync is through"))
                .onFailure()
                .invoke(failure ->
                        LOG.atWarn().setCause(failure).log("Resync could not go on; the next round begins anew"))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void failed(InstanceId instance, Throwable failure) {
        LOG.atWarn()
                .addKeyValue("instance", instance)
                .setCause(failure)
                .log("A role could not be compared with IAM; it has its next turn in the next round");
    }
}
