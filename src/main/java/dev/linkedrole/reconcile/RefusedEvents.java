package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RoleName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Has refused events noted in the histories of their instances, and their producers told. */
public final class RefusedEvents {

    /** How long a note in a history may take, so that it holds up no refusal. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Outbox outbox;
    private final PolicyCompiler compiler;
    private final InstantSource clock;
    private final CircuitBreaker store;
    private final RefusalNotes notes;

    /**
     * One that tells by way of an outbox.
     *
     * @param store told whether refusals can be recorded
     * @param patience how long a note may take
     */
    public RefusedEvents(
            Ledger ledger,
            Outbox outbox,
            PolicyCompiler compiler,
            InstantSource clock,
            CircuitBreaker store,
            Retry retry,
            Duration patience) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.compiler = compiler;
        this.clock = clock;
        this.store = store;
        this.notes = new RefusalNotes(ledger, clock, store, retry, patience);
    }

    /**
     * Notes a refusal in the history of the instance that the event names, if that is recorded, and tells nobody. Succeeds in any case.
     *
     * @param about that instance, as far as it could be read
     */
    public Uni<Void> note(Answered refused, Optional<InstanceId> about, Refusal refusal) {
        return about.map(instance -> notes.note(instance, refused, refusal))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /**
     * Notes a refusal in the same way, and puts it into the outbox, in the lane of that instance, after what became of its role before.
     *
     * @param about that instance, as far as it could be read
     */
    public Uni<Void> tell(Answered refused, Optional<InstanceId> about, Refusal refusal) {
        return store.watch(() -> put(refused, about, refusal));
    }

    private Uni<Void> put(Answered refused, Optional<InstanceId> about, Refusal refusal) {
        return about.map(instance -> ledger.load(instance).call(known -> notes.note(instance, refused, refusal, known)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .flatMap(known -> outbox.put(
                        new Outcome.GrantRefused(about, known.map(this::subject), refused, refusal, clock.instant())));
    }

    private Outcome.Subject subject(RoleRecord record) {
        RoleName name = Named.of(compiler, record);
        return new Outcome.Subject(record.role().instance(), name, record.roleArn(), record.revision());
    }
}
