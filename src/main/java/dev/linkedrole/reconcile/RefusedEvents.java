package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.Answered;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.Outcome;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RoleName;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Optional;

/** Has producers told that their events were refused. */
public final class RefusedEvents {

    private final Ledger ledger;
    private final Outbox outbox;
    private final PolicyCompiler compiler;
    private final InstantSource clock;
    private final CircuitBreaker store;

    /**
     * One that tells by way of an outbox.
     *
     * @param store told whether refusals can be recorded
     */
    public RefusedEvents(
            Ledger ledger, Outbox outbox, PolicyCompiler compiler, InstantSource clock, CircuitBreaker store) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.compiler = compiler;
        this.clock = clock;
        this.store = store;
    }

    /**
     * Puts a refusal into the outbox, in the lane of the instance that the event names, after what became of its role before.
     *
     * @param about that instance, as far as it could be read
     */
    public Uni<Void> tell(Answered refused, Optional<InstanceId> about, Refusal refusal) {
        return store.watch(() -> put(refused, about, refusal));
    }

    private Uni<Void> put(Answered refused, Optional<InstanceId> about, Refusal refusal) {
        return about.map(instance -> ledger.load(instance))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .flatMap(known -> outbox.put(
                        new Outcome.GrantRefused(about, known.map(this::subject), refused, refusal, clock.instant())));
    }

    private Outcome.Subject subject(RoleRecord record) {
        RoleName name = Named.of(compiler, record);
        return new Outcome.Subject(record.role().instance(), name, record.roleArn(), record.revision());
    }
}
