package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.AppliedChange;
import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.ledger.dynamodb.item.AcknowledgementsAttribute;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.HistoryItem;
import dev.linkedrole.ledger.dynamodb.item.OutcomeItem;
import dev.linkedrole.ledger.dynamodb.item.PlacementMap;
import dev.linkedrole.ledger.dynamodb.item.RepairsMap;
import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.ledger.dynamodb.item.TimeText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.outcome.UnacknowledgedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The ledger in one DynamoDB table: for each instance (the hash key) its {@link RoleItem} and its {@link HistoryItem
 * history}. {@code deploy/resources.yaml} defines the table and its indexes.
 */
public final class DynamoDbLedger implements Ledger {

    private static final String HISTORY_INDEX = "history";
    private static final String PENDING_INDEX = "pending";
    private static final String ROLES_INDEX = "roles";

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final Optional<OutboxNotifier> notifier;
    private final Retry retry;
    private final Transactions transactions;
    private final DisabledGrantsReader disabledMarks;

    /** @param notifier called when outcomes were put into the outbox; if absent, none are */
    public DynamoDbLedger(DynamoDbAsyncClient dynamoDb, String table, Optional<OutboxNotifier> notifier, Retry retry) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.notifier = notifier;
        this.retry = retry;
        this.transactions = new Transactions(dynamoDb, retry);
        this.disabledMarks = new DisabledGrantsReader(dynamoDb, table, transactions, retry);
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        return translated(item(RoleItem.key(instance)).map(found -> found.map(this::read)));
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance, Set<Grant> grants) {
        return translated(
                grants.isEmpty()
                        ? load(instance)
                        : disabledMarks
                                .of(instance, grants)
                                .map(found -> found.role().isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(read(found.role()).with(found.disabled()))));
    }

    private Uni<Optional<Map<String, AttributeValue>>> item(Map<String, AttributeValue> key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(key)
                .consistentRead(true)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(request))
                .map(response -> response.hasItem() ? Optional.of(response.item()) : Optional.empty());
    }

    @Override
    public Multi<RoleRecord> records(Multi<InstanceId> instances) {
        return translated(
                new RoleBatchReader(dynamoDb, table, retry).of(instances).map(this::read));
    }

    private RoleRecord read(Map<String, AttributeValue> item) {
        RoleRecord record = RoleItem.read(item);
        return notifier.isPresent() ? record : record.with(PendingAcknowledgements.NOBODY);
    }

    @Override
    public PendingAcknowledgements pendingAcknowledgements(RoleRecord before, List<DecidedEvent> events) {
        if (notifier.isEmpty()) {
            return PendingAcknowledgements.NOBODY;
        }
        PendingAcknowledgements pendingAcknowledgements = before.pendingAcknowledgements();
        for (DecidedEvent decided : events) {
            pendingAcknowledgements =
                    pendingAcknowledgements.plus(UnacknowledgedEvent.of(decided.event(), decided.decision()));
        }
        return pendingAcknowledgements;
    }

    @Override
    public Uni<List<RecordResult>> record(RoleRecord before, List<DecidedEvent> events, Instant at) {
        EventWrites writes = new EventWrites(table, before, events, at, notifier.isPresent());
        Optional<List<RecordResult>> rejected = RecordSize.rejecting(events, writes.changed());
        if (rejected.isPresent()) {
            return Uni.createFrom().item(rejected.get());
        }
        List<TransactWriteItem> items = writes.all();
        if (items.size() == 1) {
            return translated(
                    recordInHistory(events.getFirst().event(), writes.history().getFirst()));
        }
        return translated(transactions
                .write(items)
                .replaceWith(Collections.nCopies(events.size(), RecordResult.RECORDED))
                .onFailure(TransactionCanceledException.class)
                .recoverWithUni(cancelled -> recordingsOf(cancelled, events))
                .onFailure(TooLargeErrors::isOne)
                .recoverWithItem(failure -> Collections.nCopies(
                        events.size(), new RecordResult.TooLarge(String.valueOf(failure.getMessage())))));
    }

    /** Records in the history without a transaction, which costs half as much. */
    private Uni<List<RecordResult>> recordInHistory(RoleEvent event, Map<String, AttributeValue> item) {
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(Attributes.NOT_THERE_YET)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request))
                .replaceWith(List.of(RecordResult.RECORDED))
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithUni(taken ->
                        again(taken.hasItem() ? taken.item() : Map.of(), event).map(List::of));
    }

    /** Converts the reasons, which are in the order of the transaction's items: the history first, then the state. */
    private Uni<List<RecordResult>> recordingsOf(TransactionCanceledException cancelled, List<DecidedEvent> events) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        if (reasons.stream().noneMatch(reason -> Transactions.CHECK_FAILED.equals(reason.code()))) {
            return Uni.createFrom().failure(cancelled);
        }
        List<Uni<RecordResult>> recordings = new ArrayList<>(events.size());
        for (int i = 0; i < events.size(); i++) {
            CancellationReason reason = reasons.get(i);
            recordings.add(
                    Transactions.CHECK_FAILED.equals(reason.code())
                            ? again(
                                    reason.hasItem() ? reason.item() : Map.of(),
                                    events.get(i).event())
                            : Uni.createFrom().item(RecordResult.CONFLICT));
        }
        return Uni.join().all(recordings).andFailFast();
    }

    /** @param recorded the item recorded under the event's id, if DynamoDB returned it: not every emulator does */
    private Uni<RecordResult> again(Map<String, AttributeValue> recorded, RoleEvent event) {
        Uni<Map<String, AttributeValue>> known = recorded.isEmpty()
                ? item(HistoryItem.key(event))
                        .map(found -> found.orElseThrow(() ->
                                new IllegalStateException("the event " + event.eventId() + " is there and not there")))
                : Uni.createFrom().item(recorded);
        return known.map(item -> HistoryItem.again(item, event));
    }

    @Override
    public Uni<Void> name(InstanceId instance, String roleArn) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET roleName = :roleName, roleArn = :roleArn")
                .conditionExpression("attribute_exists(" + Attributes.PK + ")")
                .expressionAttributeValues(
                        Map.of(":roleName", string(RoleName.ofArn(roleArn).value()), ":roleArn", string(roleArn)))
                .build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request))
                .replaceWithVoid());
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, AppliedChange application) {
        InstanceId instance = record.role().instance().id();
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(TransactWriteItem.builder()
                .update(appliedUpdate(record, application))
                .build());
        if (application.inHistory()) {
            items.add(TransactWriteItem.builder()
                    .put(Put.builder()
                            .tableName(table)
                            .item(HistoryItem.of(instance, record.revision(), application))
                            .build())
                    .build());
        }
        List<Outcome> outcomes = outcomes(record, application);
        outcomes.forEach(outcome -> items.add(intoOutbox(outcome)));
        return translated(transactions
                .write(items)
                .invoke(() -> {
                    if (!outcomes.isEmpty()) {
                        ring(instance);
                    }
                })
                .replaceWith(true)
                .onFailure(DynamoDbLedger::revisionMovedOn)
                .recoverWithItem(false));
    }

    @Override
    public Uni<Boolean> answer(RoleRecord record, Outcome outcome) {
        InstanceId instance = record.role().instance().id();
        Map<String, AttributeValue> arguments = new HashMap<>();
        arguments.put(":revision", number(record.revision()));
        String set = AcknowledgementsAttribute.answered(record.pendingAcknowledgements(), arguments);
        Update update = Update.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET " + set + " REMOVE " + AcknowledgementsAttribute.REMOVED)
                .conditionExpression("revision = :revision AND appliedRevision = :revision AND "
                        + AcknowledgementsAttribute.UNCHANGED)
                .expressionAttributeValues(arguments)
                .build();
        return translated(transactions
                .write(List.of(TransactWriteItem.builder().update(update).build(), intoOutbox(outcome)))
                .invoke(() -> ring(instance))
                .replaceWith(true)
                .onFailure(DynamoDbLedger::revisionMovedOn)
                .recoverWithItem(false));
    }

    /** Returns the answer to the pending acknowledgements, and the outcome of a repair if outcomes are published. */
    private List<Outcome> outcomes(RoleRecord record, AppliedChange application) {
        List<Outcome> outcomes = new ArrayList<>();
        application.outcome().ifPresent(outcomes::add);
        application.repair(record).filter(repair -> notifier.isPresent()).ifPresent(outcomes::add);
        return outcomes;
    }

    private TransactWriteItem intoOutbox(Outcome outcome) {
        Put put = Put.builder().tableName(table).item(OutcomeItem.of(outcome)).build();
        return TransactWriteItem.builder().put(put).build();
    }

    private void ring(InstanceId instance) {
        notifier.ifPresent(present -> present.ring(Outbox.laneOf(instance)));
    }

    private Update appliedUpdate(RoleRecord record, AppliedChange application) {
        Map<String, AttributeValue> arguments = new HashMap<>();
        arguments.put(":revision", number(record.revision()));
        arguments.put(":roleName", string(application.role().value()));
        StringBuilder set = new StringBuilder("SET appliedRevision = :revision, roleName = :roleName");
        StringBuilder remove = new StringBuilder(" REMOVE ");
        if (application.conditions().isEmpty()) {
            remove.append("pendingShard, pendingSince, conditions");
        } else {
            set.append(", conditions = :conditions");
            remove.append("pendingShard, pendingSince");
            arguments.put(":conditions", conditions(record, application.conditions()));
        }
        application
                .fingerprint()
                .ifPresentOrElse(
                        fingerprint -> {
                            set.append(", applied = :applied, placement = :placement");
                            arguments.put(":applied", RoleItem.fingerprint(fingerprint));
                            arguments.put(":placement", PlacementMap.of(application.placement()));
                        },
                        () -> remove.append(", applied, placement"));
        application.roleArn().ifPresent(arn -> {
            set.append(", roleArn = :roleArn");
            arguments.put(":roleArn", string(arn));
        });
        if (application.repairs().runs().isEmpty()) {
            remove.append(", repairs");
        } else {
            set.append(", repairs = :repairs");
            arguments.put(":repairs", RepairsMap.of(application.repairs()));
        }
        record.identity().filter(identity -> application.inHistory()).ifPresent(identity -> {
            set.append(", ").append(RoleItem.IDENTITY_KEPT);
            arguments.put(":identity", RoleItem.identity(identity));
        });
        String condition = "revision = :revision";
        if (application.outcome().isPresent()) {
            condition += " AND " + AcknowledgementsAttribute.UNCHANGED;
            set.append(", ").append(AcknowledgementsAttribute.answered(record.pendingAcknowledgements(), arguments));
            remove.append(", ").append(AcknowledgementsAttribute.REMOVED);
        }
        return Update.builder()
                .tableName(table)
                .key(RoleItem.key(record.role().instance().id()))
                .updateExpression(set.append(remove).toString())
                .conditionExpression(condition)
                .expressionAttributeValues(arguments)
                .build();
    }

    @Override
    public Uni<Void> reserve(RoleRecord record, String roleArn, int slots) {
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(record.role().instance().id()))
                .updateExpression("SET homes = :homes, roleArn = :roleArn")
                .conditionExpression("attribute_not_exists(homes) OR homes < :homes")
                .expressionAttributeValues(Map.of(":homes", number(slots), ":roleArn", string(roleArn)))
                .build();
        return translated(updateIf(request).replaceWithVoid());
    }

    /** @return true if the condition holds; otherwise nothing is updated */
    private Uni<Boolean> updateIf(UpdateItemRequest request) {
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false);
    }

    private static boolean revisionMovedOn(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && Transactions.CHECK_FAILED.equals(
                        cancelled.cancellationReasons().get(0).code());
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, Condition condition) {
        return translated(setCondition(record, List.of(condition), new StringBuilder(), new HashMap<>()));
    }

    @Override
    public Uni<Boolean> setCondition(RoleRecord record, AppliedChange partial) {
        Map<String, AttributeValue> arguments = new HashMap<>();
        StringBuilder set = new StringBuilder(", roleName = :roleName");
        arguments.put(":roleName", string(partial.role().value()));
        partial.roleArn().ifPresent(arn -> {
            set.append(", roleArn = :roleArn");
            arguments.put(":roleArn", string(arn));
        });
        partial.fingerprint().ifPresent(fingerprint -> {
            set.append(", applied = :applied, placement = :placement");
            arguments.put(":applied", RoleItem.fingerprint(fingerprint));
            arguments.put(":placement", PlacementMap.of(partial.placement()));
        });
        record.identity().ifPresent(identity -> {
            set.append(", ").append(RoleItem.IDENTITY_KEPT);
            arguments.put(":identity", RoleItem.identity(identity));
        });
        return translated(setCondition(record, partial.conditions(), set, arguments));
    }

    private Uni<Boolean> setCondition(
            RoleRecord record, List<Condition> conditions, StringBuilder set, Map<String, AttributeValue> arguments) {
        InstanceId instance = record.role().instance().id();
        arguments.put(":conditions", conditions(record, conditions));
        arguments.put(":revision", number(record.revision()));
        if (!record.settled() || conditions.stream().map(Condition::type).anyMatch(Condition.Type::mayPass)) {
            set.append(", pendingShard = :shard, pendingSince = if_not_exists(pendingSince, :since)");
            arguments.put(":shard", string(RoleItem.shard(instance)));
            arguments.put(
                    ":since", string(TimeText.sortable(conditions.getFirst().since())));
        }
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET conditions = :conditions" + set)
                .conditionExpression("revision = :revision")
                .expressionAttributeValues(arguments)
                .build();
        return updateIf(request);
    }

    private static AttributeValue conditions(RoleRecord record, List<Condition> conditions) {
        return AttributeValue.fromL(conditions.stream()
                .map(condition -> RoleItem.condition(since(record, condition)))
                .toList());
    }

    /** Returns the condition with the time at which it began, if the record has it already. */
    private static Condition since(RoleRecord record, Condition condition) {
        return record.conditions().stream()
                .filter(known -> known.type() == condition.type())
                .findFirst()
                .map(known -> new Condition(condition.type(), condition.detail(), known.since()))
                .orElse(condition);
    }

    @Override
    public Uni<Void> noteRejected(InstanceId instance, HistoryEntry.EventRejected rejected) {
        return translated(Uni.createFrom()
                .completionStage(
                        () -> dynamoDb.putItem(r -> r.tableName(table).item(HistoryItem.of(instance, rejected))))
                .replaceWithVoid());
    }

    @Override
    public Multi<HistoryEntry> history(InstanceId instance) {
        return translated(query(QueryRequest.builder()
                        .tableName(table)
                        .indexName(HISTORY_INDEX)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", string(instance.value())))
                        .build())
                .map(HistoryItem::read));
    }

    @Override
    public Multi<InstanceId> pending() {
        return translated(inAll(this::pending).map(DynamoDbLedger::instance));
    }

    @Override
    public Multi<InstanceId> pending(RecentWindow recent) {
        return translated(inAll(this::pending)
                .filter(item -> !recent.includes(Attributes.time(item, Attributes.PENDING_SINCE)))
                .map(DynamoDbLedger::instance));
    }

    private Multi<Map<String, AttributeValue>> pending(Shard shard) {
        return items(PENDING_INDEX, Attributes.PENDING_SHARD, shard);
    }

    @Override
    public Multi<InstanceId> all() {
        return translated(inAll(this::all));
    }

    @Override
    public Multi<InstanceId> all(Shard shard) {
        return translated(items(ROLES_INDEX, Attributes.SHARD, shard).map(DynamoDbLedger::instance));
    }

    private static <T> Multi<T> inAll(Function<? super Shard, Multi<T>> search) {
        return Multi.createFrom().iterable(Shard.ALL).onItem().transformToMultiAndConcatenate(search);
    }

    private Multi<Map<String, AttributeValue>> items(String index, String shardAttribute, Shard shard) {
        return query(QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression("#shard = :shard")
                .expressionAttributeNames(Map.of("#shard", shardAttribute))
                .expressionAttributeValues(Map.of(":shard", string(shard.digit())))
                .build());
    }

    private static InstanceId instance(Map<String, AttributeValue> item) {
        return new InstanceId(string(item, Attributes.PK));
    }

    private Multi<Map<String, AttributeValue>> query(QueryRequest request) {
        return Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(
                        dynamoDb.queryPaginator(request).items()));
    }
}
