package dev.linkedrole.simulation.world;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Ledger that forwards every call to another one; subclasses override some of them. */
public abstract class OtherLedger implements Ledger {

    final Ledger ledger;

    public OtherLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return ledger.load(instance);
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        return ledger.load(instance, grants);
    }

    @Override
    public Multi<RoleRecord> records(Multi<InstanceId> instances) {
        return ledger.records(instances);
    }

    @Override
    public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        return ledger.record(before, events, at);
    }

    @Override
    public PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events) {
        return ledger.pendingAcknowledgements(before, events);
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return ledger.name(instance, roleArn);
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
        return ledger.markApplied(record, application);
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return ledger.answer(record, outcome);
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
        return ledger.reserve(record, roleArn, slots);
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, Condition condition) {
        return ledger.setCondition(record, condition);
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, AppliedChange halfway) {
        return ledger.setCondition(record, halfway);
    }

    @Override
    public Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        return ledger.noteRejected(instance, rejected);
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
    public Multi<InstanceId> pending(RecentWindow recent) {
        return ledger.pending(recent);
    }

    @Override
    public Multi<InstanceId> all(Shard shard) {
        return ledger.all(shard);
    }

    @Override
    public Multi<InstanceId> all() {
        return ledger.all();
    }
}
