package dev.linkedrole.connect.check;

import dev.linkedrole.retry.ElapsedTime;
import dev.linkedrole.retry.FailureText;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link ConnectCheck} periodically, if there is one. */
@Singleton
public class CheckSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(CheckSchedule.class);

    /** Time at shutdown to give the leases back; without that, other replicas go on a minute later. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final ConnectCheck check;
    private final InstantSource clock;
    private volatile Instant next;
    private volatile boolean failing;

    public CheckSchedule(ConnectCheck check, @ElapsedTime InstantSource clock) {
        this.check = check;
        this.clock = clock;
        this.next = clock.instant().plus(check.look());
    }

    /** Looks every second whether there are turns to begin: their period follows from the configuration. */
    @Scheduled(identity = "check", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> second() {
        return Uni.createFrom().deferred(() -> {
            if (!check.on() || clock.instant().isBefore(next)) {
                return Uni.createFrom().voidItem();
            }
            next = clock.instant().plus(check.look());
            return check.work()
                    .invoke(() -> failing = false)
                    .onFailure()
                    .invoke(this::failed)
                    .onFailure()
                    .recoverWithNull();
        });
    }

    /** Logs the first failure of several in a row: the ledger's readiness tells of the others. */
    private void failed(Throwable failure) {
        if (!failing) {
            FailureText.on(LOG.atWarn(), failure)
                    .log("The check could not begin; it is tried again: {}", FailureText.of(failure));
        }
        failing = true;
    }

    /** Stops before the intake does, and before the clients close. */
    void stop(@Observes @Priority(0) ShutdownEvent event) throws InterruptedException, ExecutionException {
        try {
            check.stop().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            LOG.warn("A lease on an account and region was not given back; another replica goes on a minute later");
        }
    }
}
