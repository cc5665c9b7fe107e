package dev.linkedrole.connect.walk;

import dev.linkedrole.retry.FailureText;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** Schedule of periodic work that walks over locations: when it is due, its failures, and its end at shutdown. */
public final class WalkSchedule {

    /** Time at shutdown to give the leases back; without that, other replicas go on a minute later. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final InstantSource clock;
    private final Duration every;
    private final Logger log;
    private final String whenFailing;
    private volatile Instant next;
    private volatile boolean failing;

    /**
     * @param clock clock of elapsed time
     * @param every time between two beginnings, and before the first one
     * @param log logger of the work's owner
     * @param whenFailing clause for the log when the work fails, which the cause follows
     */
    public WalkSchedule(InstantSource clock, Duration every, Logger log, String whenFailing) {
        this.clock = clock;
        this.every = every;
        this.log = log;
        this.whenFailing = whenFailing;
        this.next = clock.instant().plus(every);
    }

    /** Makes the work due now. */
    public void soon() {
        next = clock.instant();
    }

    /** Does the work if it is due. Never fails: a failure is logged, and the work is due again at its time. */
    public Uni<Void> workIfDue(Supplier<Uni<Void>> work) {
        return Uni.createFrom().deferred(() -> {
            if (clock.instant().isBefore(next)) {
                return Uni.createFrom().voidItem();
            }
            next = clock.instant().plus(every);
            return work.get()
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
            FailureText.on(log.atWarn(), failure).log("{}: {}", whenFailing, FailureText.of(failure));
        }
        failing = true;
    }

    /**
     * Waits until the leases are given back, for 3 s at most.
     *
     * @param stopped completes once the work has stopped
     */
    public void awaitStop(CompletableFuture<Void> stopped) throws InterruptedException, ExecutionException {
        try {
            stopped.get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            log.warn("A lease on an account and region was not given back; another replica goes on a minute later");
        }
    }
}
