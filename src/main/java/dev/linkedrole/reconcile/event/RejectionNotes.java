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
 * Notes of rejected events in the histories of their instances, of those that are recorded: an invented name takes no room. A rejection is in
 * the log and with its message in the dead-letter queue as well; so no note fails, none takes longer than it may, and none is tried for a while after
 * one of them failed.
 */
final class RejectionNotes {

    /** The notes that are written at once; of a flood the others are left out, and cost no request. */
    static final int MAX_AT_ONCE = 16;

    /** Time without notes after a note failed. A ledger that is away delays no more rejections than {@link #MAX_AT_ONCE} in that time. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RejectionNotes.class);

    private final Ledger ledger;
    private final InstantSource clock;
    private final CircuitBreaker store;
    private final Retry retry;
    private final Duration patience;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicBoolean resting = new AtomicBoolean();

    /**
     * Notes that are written while the ledger can be used.
     *
     * @param store open while it cannot
     * @param patience time limit of a note
     */
    RejectionNotes(Ledger ledger, InstantSource clock, CircuitBreaker store, Retry retry, Duration patience) {
        this.ledger = ledger;
        this.clock = clock;
        this.store = store;
        this.retry = retry;
        this.patience = patience;
    }

    /** Notes a rejection in the history of an instance of which nothing was read yet. */
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
            return retry.within(patience, Uni.createFrom().deferred(() -> note.get()))
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
