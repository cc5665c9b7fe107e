package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes of rejected events in the histories of recorded instances; an unknown instance gets none, so invented names
 * take no room. A rejection is also in the log, and its message in the dead-letter queue. So notes never fail, each has
 * a time limit, and after a failure none is written for a while.
 */
final class RejectionNotes {

    /** Maximum number of concurrent notes; further ones of a flood are dropped without a request. */
    static final int MAX_AT_ONCE = 16;

    /**
     * Time without notes after a note failed. An unavailable ledger delays at most {@link #MAX_AT_ONCE} rejections in
     * that time.
     */
    static final Duration REST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RejectionNotes.class);

    private final Ledger ledger;
    private final InstantSource clock;
    private final CircuitBreaker store;
    private final Retry retry;
    private final Duration timeout;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean resting = new AtomicBoolean();

    /**
     * Creates notes that are written while the ledger is available.
     *
     * @param store circuit breaker of the ledger
     * @param timeout time limit of a note
     */
    RejectionNotes(Ledger ledger, InstantSource clock, CircuitBreaker store, Retry retry, Duration timeout) {
        this.ledger = ledger;
        this.clock = clock;
        this.store = store;
        this.retry = retry;
        this.timeout = timeout;
    }

    /** Notes a rejection in the history of an instance whose record was not read yet. */
    Uni<Void> note(InstanceId instance, AcknowledgedEvent rejected, Rejection rejection) {
        return bounded(
                instance,
                rejected,
                () -> ledger.load(instance).flatMap(known -> write(instance, rejected, rejection, known)));
    }

    /**
     * Notes a rejection in the history of an instance.
     *
     * @param known the instance's record, if there is one
     */
    Uni<Void> note(InstanceId instance, AcknowledgedEvent rejected, Rejection rejection, Optional<RoleRecord> known) {
        return bounded(instance, rejected, () -> write(instance, rejected, rejection, known));
    }

    private Uni<Void> write(
            InstanceId instance, AcknowledgedEvent rejected, Rejection rejection, Optional<RoleRecord> known) {
        return known.map(record -> ledger.noteRejected(instance, entry(record, rejected, rejection)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private HistoryEntry.EventRejected entry(RoleRecord record, AcknowledgedEvent rejected, Rejection rejection) {
        return new HistoryEntry.EventRejected(
                clock.instant(),
                record.revision(),
                rejected.event(),
                rejected.type(),
                rejection.reason().code(),
                rejection.detail());
    }

    private Uni<Void> bounded(InstanceId instance, AcknowledgedEvent rejected, Supplier<Uni<Void>> note) {
        return Uni.createFrom().deferred(() -> {
            if (resting.get() || store.open().isPresent()) {
                return Uni.createFrom().voidItem();
            }
            if (underWay.incrementAndGet() > MAX_AT_ONCE) {
                underWay.decrementAndGet();
                return Uni.createFrom().voidItem();
            }
            return retry.within(timeout, Uni.createFrom().deferred(() -> note.get()))
                    .onFailure()
                    .invoke(failure -> failed(instance, rejected, failure))
                    .onFailure()
                    .recoverWithNull()
                    .onTermination()
                    .invoke(underWay::decrementAndGet);
        });
    }

    private void failed(InstanceId instance, AcknowledgedEvent rejected, Throwable failure) {
        if (resting.compareAndSet(false, true)) {
            warn(instance, rejected, failure);
            retry.pause(REST).subscribe().with(rested -> resting.set(false), stopping -> resting.set(false));
        }
    }

    private static void warn(InstanceId instance, AcknowledgedEvent rejected, Throwable failure) {
        FailureText.on(LOG.atWarn().addKeyValue("instance", instance).addKeyValue("event", rejected.event()), failure)
                .log(
                        "Its rejection could not be noted in the history of its instance, and none is for {} s: {}",
                        REST.toSeconds(),
                        FailureText.of(failure));
    }
}
