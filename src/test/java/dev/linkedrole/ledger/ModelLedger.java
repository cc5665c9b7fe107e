package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.ledger.dynamodb.item.OutcomeItem;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A client of a {@link ModelTable}: a ledger and an outbox. */
public final class ModelLedger implements Ledger, Outbox {

    /** Decides when a call takes effect, whether it does, and when its answer comes. */
    public interface Gate {
        /**
         * Answers a call, sooner or later.
         *
         * @param effect carries out the call, and returns its answer
         */
        <T> CompletableFuture<T> call(String operation, Supplier<T> effect);
    }

    /** Maximum number of items that DynamoDB returns for one request. */
    private static final int MAX_AT_ONCE = 100;

    private final ModelTable table;
    private final Gate gate;
    private final OutboxNotifier notifier;

    /** @param notifier called when outcomes were put into the outbox */
    public ModelLedger(ModelTable table, Gate gate, OutboxNotifier notifier) {
        this.table = table;
        this.gate = gate;
        this.notifier = notifier;
    }

    /** Creates a ledger that is answered at once. */
    public static ModelLedger prompt(ModelTable table) {
        return new ModelLedger(table, ModelLedger::atOnce, new OutboxNotifier());
    }

    /** Creates a ledger with a table of its own, which publishes no outcomes. */
    public static ModelLedger prompt() {
        return prompt(new ModelTable(InstantSource.system(), () -> Duration.ZERO, false));
    }

    private static <T> CompletableFuture<T> atOnce(String operation, Supplier<T> effect) {
        return CompletableFuture.completedFuture(effect.get());
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }

    private Uni<Void> run(String operation, Runnable effect) {
        return call(operation, () -> {
                    effect.run();
                    return true;
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return call("Load", () -> table.load(instance));
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        if (grants.isEmpty()) {
            return load(instance);
        }
        boolean atOnce = grants.size() < table.atOnce();
        return call("Load", () -> table.find(instance, atOnce ? grants : Set.of()))
                .flatMap(found -> {
                    if (!found.isSpread()) {
                        return spread(instance, found.unspread()).chain(() -> load(instance, grants));
                    }
                    return atOnce || found.role().isEmpty()
                            ? Uni.createFrom().item(found.role())
                            : disabled(instance, grants)
                                    .map(disabled -> found.role().map(role -> role.with(disabled)));
                });
    }

    /** Reads the items in several calls. */
    private Uni<SortedMap<Grant, GrantWrite>> disabled(InstanceId instance, Set<Grant> grants) {
        NavigableMap<Grant, GrantWrite> all = new TreeMap<>();
        return Multi.createFrom()
                .iterable(grants)
                .group()
                .intoLists()
                .of(table.atOnce())
                .onItem()
                .transformToUniAndConcatenate(part -> call("LoadDisabled", () -> table.disabled(instance, part)))
                .invoke(all::putAll)
                .collect()
                .last()
                .replaceWith(all);
    }

    private Uni<Void> spread(InstanceId instance, SortedMap<String, SortedMap<Grant, GrantWrite>> lists) {
        return Multi.createFrom()
                .iterable(lists.values())
                .onItem()
                .transformToMultiAndConcatenate(list -> Multi.createFrom().iterable(list.entrySet()))
                .group()
                .intoLists()
                .of(table.atOnce())
                .onItem()
                .transformToUniAndConcatenate(part ->
                        run("Spread", () -> table.raise(instance, sorted(part))).replaceWith(true))
                .collect()
                .last()
                .chain(() -> run("IsSpread", () -> table.spread(instance, lists.keySet())));
    }

    private static SortedMap<Grant, GrantWrite> sorted(List<Map.Entry<Grant, GrantWrite>> entries) {
        SortedMap<Grant, GrantWrite> sorted = new TreeMap<>();
        entries.forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    @Override
    public Multi<RoleRecord> records(Multi<InstanceId> instances) {
        return instances
                .group()
                .intoLists()
                .of(MAX_AT_ONCE)
                .onItem()
                .transformToMultiAndConcatenate(batch ->
                        call("LoadBatch", () -> table.load(batch)).onItem().disjoint());
    }

    @Override
    public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        return call("Record", () -> table.record(before, events, at));
    }

    @Override
    public PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events) {
        return table.pendingAcknowledgements(before, events);
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        return run("Name", () -> table.name(instance, roleArn));
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
        return call("MarkApplied", () -> table.markApplied(record, application))
                .invoke(done -> ring(
                        record,
                        done
                                && (application.outcome().isPresent()
                                        || application.repair(record).isPresent())));
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        return call("Answer", () -> table.answer(record, outcome)).invoke(done -> ring(record, done));
    }

    private void ring(RoleRecord record, boolean news) {
        if (news) {
            notifier.ring(Outbox.laneOf(record.role().instance().id()));
        }
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
        return run("Reserve", () -> table.reserve(record, roleArn, slots));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, Condition condition) {
        return call("SetCondition", () -> table.setCondition(record, condition));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, AppliedChange halfway) {
        return call("SetConditionHalfway", () -> table.setCondition(record, halfway));
    }

    @Override
    public Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        return run("NoteRefused", () -> table.noteRejected(instance, rejected));
    }

    @Override
    public Multi<HistoryEntry> history(InstanceId instance) {
        return call("History", () -> table.history(instance)).onItem().disjoint();
    }

    @Override
    public Multi<InstanceId> pending() {
        return call("Pending", table::pending).onItem().disjoint();
    }

    @Override
    public Multi<InstanceId> pending(RecentWindow recent) {
        return call("Pending", () -> table.pending(recent)).onItem().disjoint();
    }

    @Override
    public Multi<InstanceId> all(Shard shard) {
        return call(
                        "AllOf" + shard.digit(),
                        () -> table.all().stream().filter(shard::has).toList())
                .onItem()
                .disjoint();
    }

    @Override
    public Multi<InstanceId> all() {
        return call("All", table::all).onItem().disjoint();
    }

    @Override
    public Uni<Void> put(Outcome.GrantRejected rejected) {
        return run("PutOutcome", () -> table.put(rejected))
                .invoke(() -> notifier.ring(
                        rejected.about().map(Outbox::laneOf).orElseGet(() -> OutcomeItem.PREFIX + rejected.id())));
    }

    @Override
    public Uni<List<PendingOutcome>> oldest(String lane, int most) {
        return call("OldestOutcomes", () -> table.oldest(lane, most));
    }

    @Override
    public Uni<Void> remove(PendingOutcome published) {
        return run("RemoveOutcome", () -> table.remove(published));
    }

    @Override
    public Uni<OutboxBacklog> backlog(RecentWindow recent) {
        return call("Backlog", () -> table.backlog(recent));
    }
}
