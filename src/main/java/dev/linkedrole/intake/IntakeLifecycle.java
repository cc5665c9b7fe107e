package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.resync.ResyncSchedule;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts receiving when the service is up and stops it at shutdown. Then handling that has begun is finished, and all
 * other messages in flight are returned to the queue at once, for other replicas.
 */
@Singleton
public class IntakeLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IntakeLifecycle.class);

    private final Receivers receivers;
    private final EventHandler handler;
    private final ResyncSchedule resync;
    private final Duration shutdownTimeout;

    IntakeLifecycle(Receivers receivers, EventHandler handler, ResyncSchedule resync, ControllerConfig config) {
        this.receivers = receivers;
        this.handler = handler;
        this.resync = resync;
        this.shutdownTimeout = config.intake().shutdownTimeout();
    }

    /** Starts receiving after all other observers, so that configuration errors are found before the first message. */
    void start(@Observes @Priority(10_000) StartupEvent event) {
        receivers.start();
    }

    /**
     * Stops receiving before all other observers, since the clients close in later ones. Blocks until nothing is in
     * flight.
     */
    void stop(@Observes @Priority(1) ShutdownEvent event, Scheduler scheduler)
            throws InterruptedException, ExecutionException {
        LOG.info("Stopping: nothing more is received, handling that has begun is finished, and other messages are"
                + " returned to the queues");
        // A check that begins now would find its client closed, and report the ledger or a queue as not ready.
        scheduler.pause();
        long end = System.nanoTime() + shutdownTimeout.toNanos();
        CompletableFuture<Void> compared = resync.stop();
        CompletableFuture<Void> stopped = receivers.stop().subscribeAsCompletionStage();
        // After the receivers: events whose handling has not begun are then returned to the queue at once.
        handler.stop();
        stopped.get();
        if (receivers.inFlight() > 0) {
            LOG.atWarn()
                    .addKeyValue("inFlight", receivers.inFlight())
                    .log("Messages are still in flight; they are delivered again after their visibility timeout");
        }
        awaitResync(compared, end - System.nanoTime());
    }

    /** Waits for a running resync, for no longer than for the messages. */
    private void awaitResync(CompletableFuture<Void> compared, long nanos)
            throws InterruptedException, ExecutionException {
        try {
            compared.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            LOG.warn("The resync has not finished all roles; another replica compares them again");
            resync.breakOff();
        }
    }
}
