package dev.linkedrole.simulation.checks;

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
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.OtherLedger;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Ledger that notes the instances that a process knows to be deleted, and adds the instance of each call to the trace.
 */
public final class WatchedLedger extends OtherLedger {

    private final CrashingProcess process;
    private final Set<InstanceId> deleted;

    public WatchedLedger(Ledger ledger, CrashingProcess process, Set<InstanceId> deleted) {
        super(ledger);
        this.process = process;
        this.deleted = deleted;
    }

    private <T> Uni<T> about(InstanceId instance, Supplier<Uni<T>> call) {
        String purpose = process.tell(instance.hex());
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return call.get();
        });
    }

    private static InstanceId of(RoleRecord record) {
        return record.role().instance().id();
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return about(instance, () -> super.load(instance))
                .invoke(found ->
                        found.filter(record -> record.role().deleted()).ifPresent(record -> deleted.add(instance)));
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        return about(instance, () -> super.load(instance, grants))
                .invoke(found ->
                        found.filter(record -> record.role().deleted()).ifPresent(record -> deleted.add(instance)));
    }

    @Override
    public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        return about(of(before), () -> super.record(before, events, at));
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return about(instance, () -> super.name(instance, roleArn));
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
        return about(of(record), () -> super.markApplied(record, application));
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return about(of(record), () -> super.answer(record, outcome));
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
        return about(of(record), () -> super.reserve(record, roleArn, slots));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, Condition condition) {
        return about(of(record), () -> super.setCondition(record, condition));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, AppliedChange halfway) {
        return about(of(record), () -> super.setCondition(record, halfway));
    }

    @Override
    public Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        return about(instance, () -> super.noteRejected(instance, rejected));
    }

    @Override
    public Multi<InstanceId> pending() {
        return listed("pending", super.pending());
    }

    @Override
    public Multi<RoleRecord> records(Multi<InstanceId> instances) {
        String purpose = process.tell("records");
        return super.records(instances
                .invoke(instance -> process.setPurpose(purpose))
                .onCompletion()
                .invoke(() -> process.setPurpose(purpose)));
    }

    @Override
    public Multi<InstanceId> pending(RecentWindow recent) {
        return listed("pending", super.pending(recent));
    }

    @Override
    public Multi<InstanceId> all(Shard shard) {
        return listed("all", super.all(shard));
    }

    @Override
    public Multi<InstanceId> all() {
        return listed("all", super.all());
    }

    private <T> Multi<T> listed(String what, Multi<T> list) {
        String purpose = process.tell(what);
        return Multi.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return list;
        });
    }
}
