package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Recorded facts about instances, for API calls that do not say enough by themselves. */
public final class RecordedFacts {

    private final Ledger ledger;
    private final Associations associations;
    private final CircuitBreaker store;

    /** @param store circuit breaker that observes whether the ledger can be used */
    public RecordedFacts(Ledger ledger, Associations associations, CircuitBreaker store) {
        this.ledger = ledger;
        this.associations = associations;
        this.store = store;
    }

    /** Returns the instance's alias; empty if none is recorded. */
    public Uni<Optional<String>> alias(InstanceId instance) {
        return store.watchFailures(() -> ledger.load(instance))
                .map(found -> found.flatMap(record -> record.role().announcement())
                        .map(Announcement::alias)
                        .filter(alias -> !alias.isBlank()));
    }

    /** Records what a call says of an association, and returns all that is known of it. */
    public Uni<Association> join(InstanceId instance, String id, Association known) {
        return store.watch(() -> associations.join(instance, id, known));
    }
}
