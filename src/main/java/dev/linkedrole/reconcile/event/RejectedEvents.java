package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.state.PolicyCompiler;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Recorder of rejected events: notes them in the histories of their instances, and publishes their outcomes. */
public final class RejectedEvents {

    /** Time limit of a note in a history, so that it delays no rejection. */
    public static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Outbox outbox;
    private final Supplier<PolicyCompiler> compilers;
    private final InstantSource clock;
    private final CircuitBreaker store;
    private final RejectionNotes notes;

    /**
     * Creates a recorder that publishes through an outbox.
     *
     * @param store circuit breaker that observes whether rejections can be recorded
     * @param timeout time limit of a note
     */
    public RejectedEvents(
            Ledger ledger,
            Outbox outbox,
            Supplier<PolicyCompiler> compilers,
            InstantSource clock,
            CircuitBreaker store,
            Retry retry,
            Duration timeout) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.compilers = compilers;
        this.clock = clock;
        this.store = store;
        this.notes = new RejectionNotes(ledger, clock, store, retry, timeout);
    }

    /**
     * Notes a rejection in the history of the instance that the event names, if that instance is recorded, and
     * publishes nothing. Never fails.
     *
     * @param about that instance, as far as it could be read
     */
    public Uni<Void> note(AcknowledgedEvent rejected, Optional<InstanceId> about, Rejection rejection) {
        return about.map(instance -> notes.note(instance, rejected, rejection))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /**
     * Notes a rejection likewise, and puts its outcome into the outbox, in the lane of that instance.
     *
     * @param about that instance, as far as it could be read
     */
    public Uni<Void> publish(AcknowledgedEvent rejected, Optional<InstanceId> about, Rejection rejection) {
        return store.watch(() -> put(rejected, about, rejection));
    }

    private Uni<Void> put(AcknowledgedEvent rejected, Optional<InstanceId> about, Rejection rejection) {
        return about.map(instance ->
                        ledger.load(instance).call(known -> notes.note(instance, rejected, rejection, known)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .flatMap(known -> outbox.put(new Outcome.GrantRejected(
                        about, known.map(this::subject), rejected, rejection, clock.instant())));
    }

    private Outcome.Subject subject(RoleRecord record) {
        RoleName name = DesiredRoles.of(compilers.get(), record);
        return new Outcome.Subject(record.role().instance(), name, record.roleArn(), record.revision());
    }
}
