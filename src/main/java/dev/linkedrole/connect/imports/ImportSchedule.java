package dev.linkedrole.connect.imports;

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

/** Looks every ten seconds whether there is an import to go on with: one read of one item as long as there is none. */
@Singleton
public class ImportSchedule {

    static final Duration EVERY = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ImportSchedule.class);

    /** Time at shutdown to give the leases back; without that, other replicas go on a minute later. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

    private final ImportRunner runner;
    private final InstantSource clock;
    private volatile Instant next;
    private volatile boolean failing;

    public ImportSchedule(ImportRunner runner, @ElapsedTime InstantSource clock) {
        this.runner = runner;
        this.clock = clock;
        this.next = clock.instant().plus(EVERY);
    }

    /** Looks within a second, since an import was just requested. */
    public void soon() {
        next = clock.instant();
    }

    @Scheduled(identity = "imports", every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public Uni<Void> second() {
        return Uni.createFrom().deferred(() -> {
            if (clock.instant().isBefore(next)) {
                return Uni.createFrom().voidItem();
            }
            next = clock.instant().plus(EVERY);
            return runner.work()
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
                    .log("The imports could not be read; they are looked for again: {}", FailureText.of(failure));
        }
        failing = true;
    }

    /** Stops before the intake does, and before the clients close. */
    void stop(@Observes @Priority(0) ShutdownEvent event) throws InterruptedException, ExecutionException {
        try {
            runner.stop().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLong) {
            LOG.warn("A lease on an account and region was not given back; another replica goes on a minute later");
        }
    }
}
