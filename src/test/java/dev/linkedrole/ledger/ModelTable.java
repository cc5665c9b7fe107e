package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DisabledGrantsReader;
import dev.linkedrole.ledger.dynamodb.DisabledGrantsWriter;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbOutbox;
import dev.linkedrole.ledger.dynamodb.ModelItem;
import dev.linkedrole.ledger.dynamodb.Transactions;
import dev.linkedrole.ledger.dynamodb.item.DisabledItem;
import dev.linkedrole.ledger.dynamodb.item.HistoryItem;
import dev.linkedrole.ledger.dynamodb.item.OutcomeItem;
import dev.linkedrole.ledger.dynamodb.item.TimeText;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.TableIdentity;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventDigest;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.outcome.UnacknowledgedEvent;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.testing.EnabledOnly;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The ledger's table in memory, with the behavior of {@link DynamoDbLedger} and {@link DynamoDbOutbox} and DynamoDB's
 * conditional writes, transactions and indexes. {@link LedgerContract} tests both. Called through {@link ModelLedger}s.
 */
public final class ModelTable {

    private final boolean telling;
    private final SortedMap<String, ModelItem> items = new TreeMap<>();
    private final SortedMap<String, PendingOutcome> outbox = new TreeMap<>();
    private final LaggingIndex<Pending> pending;
    private final LaggingIndex<InstanceId> all;
    private final LaggingIndex<PendingOutcome> waiting;

    /** Maximum number of items of a transaction beside the state. */
    private int room = Transactions.MAX_ITEMS - 1;

    /** Maximum number of items, the state included, that are read at one moment. */
    private int atOnce = DisabledGrantsReader.AT_ONCE;

    private final InstantSource clock;
    private TableIdentity identity;
    private Optional<String> recorded = Optional.empty();
    private int restores;

    private record Pending(InstanceId instance, Instant since) {}

    /** The content of the table at a point in time. */
    public record Backup(
            SortedMap<String, ModelItem> items, SortedMap<String, PendingOutcome> outbox, Optional<String> recorded) {}

    /**
     * @param lag maximum age of the next read of an index
     * @param telling true if outcomes are put into the outbox
     */
    public ModelTable(InstantSource clock, Supplier<Duration> lag, boolean telling) {
        this.telling = telling;
        this.clock = clock;
        this.identity = newIdentity();
        this.pending = new LaggingIndex<>(clock, lag);
        this.all = new LaggingIndex<>(clock, lag);
        this.waiting = new LaggingIndex<>(clock, lag);
    }

    /**
     * Lowers the limits: a transaction has room for the state, an event and one more item, so that a single disabled
     * grant has an item, and several are in a list. One item is read at a time.
     */
    public ModelTable narrow() {
        room = 2;
        atOnce = 1;
        return this;
    }

    private TableIdentity newIdentity() {
        return new TableIdentity("table " + ++restores, clock.instant());
    }

    public TableIdentity identity() {
        return identity;
    }

    Optional<String> recorded() {
        return recorded;
    }

    boolean record(String id, Optional<String> before) {
        if (!recorded.equals(before)) {
            return false;
        }
        recorded = Optional.of(id);
        return true;
    }

    /** Returns a copy of the content. */
    public Backup backUp() {
        SortedMap<String, ModelItem> copies = new TreeMap<>();
        items.forEach((instance, item) -> copies.put(instance, item.copy()));
        return new Backup(copies, new TreeMap<>(outbox), recorded);
    }

    /** Replaces the table by a new one of this name, with the content of a backup; a lost table has none. */
    public void restore(Backup backup) {
        items.keySet().forEach(instance -> {
            pending.remove(instance);
            all.remove(instance);
        });
        outbox.keySet().forEach(waiting::remove);
        items.clear();
        outbox.clear();
        identity = newIdentity();
        recorded = backup.recorded();
        backup.items().forEach((instance, item) -> {
            items.put(instance, item.copy());
            index(new InstanceId(instance), item(new InstanceId(instance)));
        });
        backup.outbox().forEach((key, outcome) -> {
            outbox.put(key, outcome);
            waiting.put(key, outcome);
        });
    }

    /** Loses all content, and creates a new table in its place. */
    public void lose() {
        restore(new Backup(new TreeMap<>(), new TreeMap<>(), Optional.empty()));
    }

    int atOnce() {
        return atOnce;
    }

    public Optional<RoleRecord> load(InstanceId instance) {
        return item(instance).role();
    }

    /** A role, with its lists of disabled grants that are not spread yet. */
    record Found(Optional<RoleRecord> role, SortedMap<String, SortedMap<Grant, GrantWrite>> unspread) {

        boolean isSpread() {
            return unspread.isEmpty()
                    || role.filter(record -> record.role().deleted()).isPresent();
        }
    }

    Found find(InstanceId instance, Collection<Grant> grants) {
        return new Found(
                load(instance).map(record -> record.with(disabled(instance, grants))),
                new TreeMap<>(item(instance).unspread));
    }

    SortedMap<Grant, GrantWrite> disabled(InstanceId instance, Collection<Grant> grants) {
        SortedMap<Grant, GrantWrite> disabled = new TreeMap<>(item(instance).disabled);
        disabled.keySet().retainAll(grants);
        return disabled;
    }

    void raise(InstanceId instance, SortedMap<Grant, GrantWrite> disabled) {
        disabled.forEach((grant, mark) -> item(instance).disabled.merge(grant, mark, GrantWrite::later));
    }

    void spread(InstanceId instance, Set<String> lists) {
        item(instance).unspread.keySet().removeAll(lists);
    }

    List<RoleRecord> load(List<InstanceId> instances) {
        return instances.stream().flatMap(instance -> load(instance).stream()).toList();
    }

    /** Returns the recorded events of an instance. */
    public Set<EventId> events(InstanceId instance) {
        return item(instance).events.keySet();
    }

    /** Returns the recorded events of an instance, with what they say. */
    public List<RoleEvent> contents(InstanceId instance) {
        return List.copyOf(item(instance).contents.values());
    }

    /** Returns the outcomes that wait to be published, of all lanes. */
    public List<PendingOutcome> outbox() {
        return List.copyOf(outbox.values());
    }

    List<RecordResult> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        InstanceId instance = before.role().instance().id();
        ModelItem item = item(instance);
        Optional<LinkedRole> after = events.stream()
                .filter(DecidedEvent::changes)
                .map(decided -> decided.decision().after())
                .reduce((first, later) -> later);
        boolean known = events.stream().anyMatch(decided -> isRecorded(item, decided));
        if (known || !isNewest(item, before, after.isPresent())) {
            return events.stream()
                    .map(decided -> isRecorded(item, decided) ? again(item, decided) : RecordResult.CONFLICT)
                    .toList();
        }
        write(item, before, events, after, at);
        index(instance, item);
        return Collections.nCopies(events.size(), RecordResult.RECORDED);
    }

    private static boolean isRecorded(ModelItem item, DecidedEvent decided) {
        return item.events.containsKey(decided.event().eventId());
    }

    private static RecordResult again(ModelItem item, DecidedEvent decided) {
        RoleEvent first =
                Objects.requireNonNull(item.contents.get(decided.event().eventId()));
        return EventDigest.of(first).equals(EventDigest.of(decided.event()))
                ? RecordResult.DUPLICATE
                : new RecordResult.IdReused(first.time());
    }

    private boolean isNewest(ModelItem item, RoleRecord before, boolean changes) {
        if (changes) {
            return before.revision() == 0 ? item.role == null : item.at(before.revision());
        }
        return !telling || item.at(before.revision());
    }

    private void write(
            ModelItem item, RoleRecord before, List<DecidedEvent> events, Optional<LinkedRole> after, Instant at) {
        long revision = after.isPresent() ? before.revision() + 1 : before.revision();
        for (int i = 0; i < events.size(); i++) {
            DecidedEvent decided = events.get(i);
            item.happened(
                    decided.event(), entry(decided.event(), decided.decision(), revision, at.plusNanos(1_000L * i)));
        }
        after.ifPresent(role -> {
            disable(item, before, role, events.size());
            item.role = item.role()
                    .orElseGet(() -> RoleRecord.blank(role.instance()))
                    .next(EnabledOnly.of(role), at);
            if (item.role.identity().isEmpty()) {
                before.identity().ifPresent(identity -> change(item, known -> known.with(identity)));
            }
            item.pendingSince = Optional.ofNullable(item.pendingSince).orElse(at);
        });
        if (telling) {
            change(item, known -> known.with(pendingAcknowledgements(known, events)));
        }
    }

    private void disable(ModelItem item, RoleRecord before, LinkedRole after, int events) {
        SortedMap<Grant, GrantWrite> disabled = DisabledGrantsWriter.disabled(before.role(), after);
        if (disabled.size() <= Math.max(0, room - events)) {
            item.disabled.putAll(disabled);
        } else {
            item.unspread.put(DisabledItem.list(before.revision() + 1, 0), disabled);
        }
    }

    PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events) {
        if (!telling) {
            return PendingAcknowledgements.NOBODY;
        }
        PendingAcknowledgements pendingAcknowledgements = before.pendingAcknowledgements();
        for (DecidedEvent decided : events) {
            pendingAcknowledgements =
                    pendingAcknowledgements.plus(UnacknowledgedEvent.of(decided.event(), decided.decision()));
        }
        return pendingAcknowledgements;
    }

    private static HistoryEntry entry(RoleEvent event, Decision decision, long revision, Instant at) {
        return new HistoryEntry.EventRecorded(
                at,
                revision,
                event.eventId(),
                event.type(),
                event.time(),
                decision.effect(),
                decision.granted(),
                decision.taken(),
                event instanceof RoleEvent.DescriptionEdited edited
                        ? Optional.of(edited.description().text())
                        : Optional.empty(),
                event instanceof RoleEvent.RoleAdopted adopted ? adopted.replaced() : new TreeMap<>());
    }

    void name(InstanceId instance, String roleArn) {
        ModelItem item = item(instance);
        if (item.role == null) {
            throw new IllegalStateException("nothing is recorded of " + instance);
        }
        change(
                item,
                known -> new RoleRecord(
                        known.role(),
                        known.revision(),
                        known.appliedRevision(),
                        known.applied(),
                        known.placement(),
                        known.slots(),
                        Optional.of(RoleName.ofArn(roleArn).value()),
                        Optional.of(roleArn),
                        known.conditions(),
                        known.changedAt(),
                        known.pendingAcknowledgements(),
                        known.identity(),
                        known.repairs()));
    }

    boolean markApplied(RoleRecord record, AppliedChange application) {
        InstanceId instance = record.role().instance().id();
        ModelItem item = item(instance);
        boolean unanswered = application.outcome().isEmpty() || sameAwait(item, record);
        if (!item.at(record.revision()) || !unanswered) {
            return false;
        }
        change(
                item,
                known -> new RoleRecord(
                        known.role(),
                        known.revision(),
                        record.revision(),
                        application.fingerprint(),
                        application.fingerprint().isPresent() ? application.placement() : Placement.NONE,
                        known.slots(),
                        Optional.of(application.role().value()),
                        application.roleArn().or(known::roleArn),
                        since(record, application.conditions()),
                        known.changedAt(),
                        application.outcome().isPresent()
                                ? answered(known.pendingAcknowledgements())
                                : known.pendingAcknowledgements(),
                        application.inHistory() ? known.identity().or(record::identity) : known.identity(),
                        application.repairs()));
        item.pendingSince = null;
        if (application.inHistory()) {
            item.happened(
                    "%012d#%s".formatted(record.revision(), TimeText.sortable(application.at())),
                    new HistoryEntry.RevisionApplied(
                            application.at(),
                            record.revision(),
                            application.steps(),
                            application.drift(),
                            application.settingsChanged()));
        }
        application.outcome().ifPresent(this::put);
        application.repair(record).filter(repair -> telling).ifPresent(this::put);
        index(instance, item);
        return true;
    }

    boolean answer(RoleRecord record, Outcome outcome) {
        ModelItem item = item(record.role().instance().id());
        boolean inForce = item.role != null && item.role.appliedRevision() == record.revision();
        if (!item.at(record.revision()) || !inForce || !sameAwait(item, record)) {
            return false;
        }
        change(item, known -> known.with(answered(known.pendingAcknowledgements())));
        put(outcome);
        return true;
    }

    private static boolean sameAwait(ModelItem item, RoleRecord record) {
        return item.role != null
                && item.role.pendingAcknowledgements().version()
                        == record.pendingAcknowledgements().version();
    }

    private static PendingAcknowledgements answered(PendingAcknowledgements known) {
        return new PendingAcknowledgements(known.version() + 1, List.of(), 0);
    }

    void reserve(RoleRecord record, String roleArn, int slots) {
        ModelItem item = item(record.role().instance().id());
        if (item.role == null || item.role.slots() >= slots) {
            return;
        }
        change(
                item,
                known -> new RoleRecord(
                        known.role(),
                        known.revision(),
                        known.appliedRevision(),
                        known.applied(),
                        known.placement(),
                        slots,
                        known.roleName(),
                        Optional.of(roleArn),
                        known.conditions(),
                        known.changedAt(),
                        known.pendingAcknowledgements(),
                        known.identity(),
                        known.repairs()));
    }

    boolean setCondition(RoleRecord record, Condition condition) {
        return setCondition(record, List.of(condition), known -> known);
    }

    boolean setCondition(RoleRecord record, AppliedChange halfway) {
        return setCondition(
                record,
                halfway.conditions(),
                known -> new RoleRecord(
                        known.role(),
                        known.revision(),
                        known.appliedRevision(),
                        halfway.fingerprint().or(known::applied),
                        halfway.fingerprint().isPresent() ? halfway.placement() : known.placement(),
                        known.slots(),
                        Optional.of(halfway.role().value()),
                        halfway.roleArn().or(known::roleArn),
                        known.conditions(),
                        known.changedAt(),
                        known.pendingAcknowledgements(),
                        known.identity().or(record::identity),
                        known.repairs()));
    }

    private boolean setCondition(RoleRecord record, List<Condition> conditions, UnaryOperator<RoleRecord> further) {
        InstanceId instance = record.role().instance().id();
        ModelItem item = item(instance);
        if (!item.at(record.revision())) {
            return false;
        }
        change(item, further);
        change(
                item,
                known -> new RoleRecord(
                        known.role(),
                        known.revision(),
                        known.appliedRevision(),
                        known.applied(),
                        known.placement(),
                        known.slots(),
                        known.roleName(),
                        known.roleArn(),
                        since(record, conditions),
                        known.changedAt(),
                        known.pendingAcknowledgements(),
                        known.identity(),
                        known.repairs()));
        if (!record.settled() || conditions.stream().map(Condition::type).anyMatch(Condition.Type::mayPass)) {
            item.pendingSince = Optional.ofNullable(item.pendingSince)
                    .orElse(conditions.getFirst().since());
        }
        index(instance, item);
        return true;
    }

    /** Returns conditions with the time at which they began. */
    private static List<Condition> since(RoleRecord record, List<Condition> conditions) {
        return conditions.stream()
                .map(condition -> record.condition(condition.type())
                        .map(known -> new Condition(condition.type(), condition.detail(), known.since()))
                        .orElse(condition))
                .toList();
    }

    public void noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        item(instance).happened("refused#" + HistoryItem.slot(rejected.event()), rejected);
    }

    public List<HistoryEntry> history(InstanceId instance) {
        return item(instance).history();
    }

    public List<InstanceId> pending() {
        return pending.seen().stream().map(Pending::instance).toList();
    }

    List<InstanceId> pending(RecentWindow recent) {
        return pending.seen().stream()
                .filter(role -> !recent.includes(role.since()))
                .map(Pending::instance)
                .toList();
    }

    public List<InstanceId> all() {
        return all.seen();
    }

    void put(Outcome outcome) {
        String lane = outcome.about().map(Outbox::laneOf).orElseGet(() -> OutcomeItem.PREFIX + outcome.id());
        PendingOutcome item =
                new PendingOutcome(lane, OutcomeItem.position(outcome), outcome.id(), outcome.time(), outcome);
        outbox.put(key(item), item);
        waiting.put(key(item), item);
    }

    List<PendingOutcome> oldest(String lane, int most) {
        return outbox.tailMap(lane + OutcomeItem.PREFIX).values().stream()
                .takeWhile(outcome -> outcome.lane().equals(lane))
                .limit(most)
                .toList();
    }

    void remove(PendingOutcome published) {
        outbox.remove(key(published));
        waiting.remove(key(published));
    }

    OutboxBacklog backlog(RecentWindow recent) {
        List<PendingOutcome> found = waiting.seen().stream()
                .filter(outcome -> !recent.includes(outcome.since()))
                .toList();
        return new OutboxBacklog(
                found.stream().map(PendingOutcome::lane).collect(Collectors.toSet()),
                found.size(),
                found.stream().map(PendingOutcome::since).min(Instant::compareTo),
                true);
    }

    private static String key(PendingOutcome outcome) {
        return outcome.lane() + outcome.position();
    }

    private ModelItem item(InstanceId instance) {
        return items.computeIfAbsent(instance.value(), unknown -> new ModelItem());
    }

    private static void change(ModelItem item, UnaryOperator<RoleRecord> change) {
        item.role = change.apply(Objects.requireNonNull(item.role, "there is no role to change"));
    }

    private void index(InstanceId instance, ModelItem item) {
        if (item.role != null) {
            all.put(instance.value(), instance);
        }
        if (item.pendingSince != null) {
            pending.put(instance.value(), new Pending(instance, item.pendingSince));
        } else {
            pending.remove(instance.value());
        }
    }

    /** Describes the whole content except the history of applied changes. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder();
        items.forEach((instance, item) -> all.append(instance)
                .append(' ')
                .append(item.role)
                .append(' ')
                .append(item.pendingSince != null)
                .append(item.disabled)
                .append(item.unspread)
                .append(' ')
                .append(item.events.keySet().stream()
                        .map(EventId::toString)
                        .sorted()
                        .toList())
                .append('\n'));
        return all.append(outbox).toString();
    }
}
