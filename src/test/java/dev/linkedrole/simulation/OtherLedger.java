package dev.linkedrole.simulation;

import dev.linkedrole.ledger.Application;
import dev.linkedrole.ledger.Decided;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recent;
import dev.linkedrole.ledger.Recording;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
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

/** A ledger that does what another one does, but for what is overridden. */
abstract class OtherLedger implements Ledger {

    final Ledger ledger;

    OtherLedger(Ledger ledger) {
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
    public Uni<List<Recording>> record(RoleRecord before, List<Decided> events, Instant at) {
        return ledger.record(before, events, at);
    }

    @Override
    public Awaiting awaiting(RoleRecord before, List<Decided> events) {
        return ledger.awaiting(before, events);
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return ledger.name(instance, roleArn);
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, Application application) {
        return ledger.markApplied(record, application);
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return ledger.answer(record, outcome);
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int homes) {
        return ledger.reserve(record, roleArn, homes);
    }

    @Override
    public Uni<Boolean> hold(RoleRecord record, Condition condition) {
        return ledger.hold(record, condition);
    }

    @Override
    public Uni<Boolean> hold(RoleRecord record, Application halfway) {
        return ledger.hold(record, halfway);
    }

    @Override
    public Uni<Void> noteRefused(InstanceId instance, HistoryEntry.EventRefused refused) {
        return ledger.noteRefused(instance, refused);
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
    public Multi<InstanceId> pending(Recent recent) {
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
