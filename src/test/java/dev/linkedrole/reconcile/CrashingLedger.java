package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.RoleRecord;
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

/** Ledger of a replica that dies. */
public record CrashingLedger(Ledger ledger, CrashPlan mortality) implements Ledger {

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return mortality.live(() -> ledger.load(instance));
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        return mortality.live(() -> ledger.load(instance, grants));
    }

    @Override
    public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        return mortality.live(() -> ledger.record(before, events, at));
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return mortality.live(() -> ledger.name(instance, roleArn));
    }

    @Override
    public PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events) {
        return ledger.pendingAcknowledgements(before, events);
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
        return mortality.live(() -> ledger.markApplied(record, application));
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return mortality.live(() -> ledger.answer(record, outcome));
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
        return mortality.live(() -> ledger.reserve(record, roleArn, slots));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, Condition condition) {
        return mortality.live(() -> ledger.setCondition(record, condition));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, AppliedChange halfway) {
        return mortality.live(() -> ledger.setCondition(record, halfway));
    }

    @Override
    public Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        return mortality.live(() -> ledger.noteRejected(instance, rejected));
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
