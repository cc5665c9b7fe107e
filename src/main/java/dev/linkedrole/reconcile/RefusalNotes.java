package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Failures;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.Refusal;
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
 * Notes of refused events in the histories of their instances, of those that are recorded: a name that somebody made up takes no room. A refusal is in
 * the log and with its message in the dead-letter queue as well; so no note fails, none takes longer than it may, and none is tried for a while after
 * one of them failed.
 */
final class RefusalNotes {

    /** The notes that are written at once; of a flood the others are left out, and cost no request. */
    static final int MAX_AT_ONCE = 16;

    /** How long nothing is noted after a note failed. A ledger that is away delays no more refusals than {@link #MAX_AT_ONCE} in that time. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(RefusalNotes.class);

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
     * @param patience how long a note may take
     */
    RefusalNotes(Ledger ledger, InstantSource clock, CircuitBreaker store, Retry retry, Duration patience) {
        this.ledger = ledger;
        this.clock = clock;
        this.store = store;
        this.retry = retry;
        this.patience = patience;
    }

    /** Notes a refusal in the history of an instance of which nothing was read yet. */
    Uni<Void> note(InstanceId instance, Answered refused, Refusal refusal) {
        return bounded(
                instance,
                refused,
                () -> ledger.load(instance).flatMap(known -> write(instance, refused, refusal, known)));
    }

    /**
     * Notes a refusal in the history of an instance.
     *
     * @param known the instance's record, if there is one
     */
    Uni<Void> note(InstanceId instance, Answered refused, Refusal refusal, Optional<RoleRecord> known) {
        return bounded(instance, refused, () -> write(instance, refused, refusal, known));
    }

    private Uni<Void> write(InstanceId instance, Answered refused, Refusal refusal, Optional<RoleRecord> known) {
        return known.map(record -> ledger.noteRefused(instance, entry(record, refused, refusal)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private HistoryEntry.EventRefused entry(RoleRecord record, Answered refused, Refusal refusal) {
        return new HistoryEntry.EventRefused(
                clock.instant(),
                record.revision(),
                refused.event(),
                refused.type(),
                refusal.reason().code(),
                refusal.detail());
    }

    private Uni<Void> bounded(InstanceId instance, Answered refused, Supplier<Uni<Void>> note) {
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
                    .invoke(failure -> failed(instance, refused, failure))
                    .onFailure()
                    .recoverWithNull()
                    .onTermination()
                    .invoke(underWay::decrementAndGet);
        });
    }

    private void failed(InstanceId instance, Answered refused, Throwable failure) {
        if (resting.compareAndSet(false, true)) {
            warn(instance, refused, failure);
            retry.pause(REST).subscribe().with(rested -> resting.set(false), stopping -> resting.set(false));
        }
    }

    private static void warn(InstanceId instance, Answered refused, Throwable failure) {
        Failures.on(LOG.atWarn().addKeyValue("instance", instance).addKeyValue("event", refused.event()), failure)
                .log(
                        "Its refusal could not be noted in the history of its instance, and none is for {} s: {}",
                        REST.toSeconds(),
                        Failures.of(failure));
    }
}
