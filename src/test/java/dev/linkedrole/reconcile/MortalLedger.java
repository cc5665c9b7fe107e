package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Application;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recording;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** A ledger in the hands of a replica that dies. */
record MortalLedger(Ledger ledger, Mortality mortality) implements Ledger {

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return mortality.live(() -> ledger.load(instance));
    }

    @Override
    public Uni<Recording> record(RoleRecord before, RoleEvent event, Decision decision, Instant at) {
        return mortality.live(() -> ledger.record(before, event, decision, at));
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, Application application) {
        return mortality.live(() -> ledger.markApplied(record, application));
    }

    @Override
    public Uni<Void> hold(RoleRecord record, Condition condition) {
        return mortality.live(() -> ledger.hold(record, condition));
    }

    @Override
    public Multi<HistoryEntry> history(InstanceId instance) {
        return ledger.history(instance);
    }

    @Override
    public Multi<InstanceId> pending() {
        return ledger.pending();
    }

    @Override
    public Multi<InstanceId> all() {
        return ledger.all();
    }
}
