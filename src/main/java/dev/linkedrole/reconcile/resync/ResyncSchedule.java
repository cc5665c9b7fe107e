package dev.linkedrole.reconcile.resync;

import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.retry.ElapsedTime;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceId;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link ResyncCoordinator} periodically; a new run begins only after the last one has ended. */
@Singleton
public class ResyncSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(ResyncSchedule.class);

    private final ResyncCoordinator coordinator;
    private final ResyncMetrics metrics;
    private final InstantSource clock;
    private volatile Instant next;
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);
    private Cancellable run = () -> {};
    private boolean stopping;

    public ResyncSchedule(ResyncCoordinator coordinator, ResyncMetrics metrics, @ElapsedTime InstantSource clock) {
        this.coordinator = coordinator;
        this.metrics = metrics;
        this.clock = clock;
        this.next = clock.instant().plus(coordinator.tick());
    }

    /**
     * Checks every second whether a run is due: its period follows from the configuration, which an annotation cannot
     * compute.
     */
    @Scheduled(identity = "resync", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> second() {
        return Uni.createFrom().deferred(() -> Uni.createFrom().completionStage(begin()));
    }

    /** Begins a run, if one is due.  @return the end of the run  @return its end */
    private synchronized CompletableFuture<Void> begin() {
        if (stopping || clock.instant().isBefore(next)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        underWay = end;
        run = run().subscribe().with(done -> end.complete(null));
        return end;
    }

    private Uni<Void> run() {
        return coordinator
                .work(ResyncSchedule::failed)
                .invoke(run -> {
                    metrics.note(run);
                    if (!run.results().isEmpty()) {
                        LOG.atInfo()
                                .addKeyValue("shards", run.shards())
                                .addKeyValue("results", run.results())
                                .log("Resync is through");
                    }
                })
                .onFailure(failure -> !(failure instanceof StoppingException))
                .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                        .log("Resync could not go on; the next one begins again: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .invoke(() -> next = clock.instant().plus(coordinator.tick()))
                .replaceWithVoid();
    }

    /**
     * Begins no more runs, and no more checks in the present run.
     *
     * @return completes when the checks in progress have ended
     * @return ends when the roles in flight are finished
     */
    public synchronized CompletableFuture<Void> stop() {
        stopping = true;
        coordinator.stop();
        return underWay.copy();
    }

    /** Abandons the present run: its calls are not awaited, and another replica will do the remaining work. */
    public void breakOff() {
        Cancellable leaving;
        synchronized (this) {
            leaving = run;
        }
        leaving.cancel();
    }

    private static void failed(InstanceId instance, Throwable failure) {
        FailureText.on(LOG.atWarn().addKeyValue("instance", instance), failure)
                .log(
                        "A role could not be compared with IAM; it has its next turn in the next round: {}",
                        FailureText.of(failure));
    }
}
