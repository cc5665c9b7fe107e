package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Application;
import dev.linkedrole.ledger.Decided;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recording;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Awaiting;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Grant;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A ledger in the hands of a replica that dies. */
public record MortalLedger(Ledger ledger, Mortality mortality) implements Ledger {

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return mortality.live(() -> ledger.load(instance));
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        return mortality.live(() -> ledger.load(instance, grants));
    }

    @Override
    public Uni<List<Recording>> record(RoleRecord before, List<Decided> events, Instant at) {
        return mortality.live(() -> ledger.record(before, events, at));
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return mortality.live(() -> ledger.name(instance, roleArn));
    }

    @Override
    public Awaiting awaiting(RoleRecord before, List<Decided> events) {
        return ledger.awaiting(before, events);
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, Application application) {
        return mortality.live(() -> ledger.markApplied(record, application));
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return mortality.live(() -> ledger.answer(record, outcome));
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int homes) {
        return mortality.live(() -> ledger.reserve(record, roleArn, homes));
    }

    @Override
    public Uni<Boolean> hold(RoleRecord record, Condition condition) {
        return mortality.live(() -> ledger.hold(record, condition));
    }

    @Override
    public Uni<Boolean> hold(RoleRecord record, Application halfway) {
        return mortality.live(() -> ledger.hold(record, halfway));
    }

    @Override
    public Uni<Void> noteRefused(InstanceId instance, HistoryEntry.EventRefused refused) {
        return mortality.live(() -> ledger.noteRefused(instance, refused));
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
