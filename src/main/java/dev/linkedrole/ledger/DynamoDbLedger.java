package dev.linkedrole.ledger;

import static dev.linkedrole.ledger.Attributes.number;
import static dev.linkedrole.ledger.Attributes.string;

import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The ledger in one DynamoDB table: for each instance (the hash key) its {@link RoleItem} and its {@link HistoryItem
 * history}. {@code deploy/resources.yaml} defines the table and its indexes.
 */
public final class DynamoDbLedger implements Ledger {

    private static final String CHECK_FAILED = "ConditionalCheckFailed";
    private static final Set<String> TRANSIENT =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    private static final String NOT_THERE_YET = "attribute_not_exists(" + Attributes.PK + ")";

    private static final String HISTORY_INDEX = "history";
    private static final String PENDING_INDEX = "pending";
    private static final String ROLES_INDEX = "roles";
    private static final List<String> SHARDS = List.of("0123456789abcdef".split(""));

    /** A transaction that meets another one is cancelled, which the SDK does not retry. */
    private static final int TRANSACTION_ATTEMPTS = 8;

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(20);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbLedger(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<Optional<RoleRecord>> load(InstanceId instance) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .consistentRead(true)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(request))
                .map(response -> response.hasItem() ? Optional.of(RoleItem.read(response.item())) : Optional.empty());
    }

    @Override
    public Uni<Recording> record(RoleRecord before, RoleEvent event, Decision decision, Instant at) {
        if (decision.effect() == Decision.Effect.SUPERSEDED) {
            // States only grow: what changes nothing now changes nothing ever, whoever else is writing meanwhile.
            return recordInHistory(HistoryItem.of(event, decision, before.revision(), at));
        }
        long revision = before.revision() + 1;
        Put history = Put.builder()
                .tableName(table)
                .item(HistoryItem.of(event, decision, revision, at))
                .conditionExpression(NOT_THERE_YET)
                .build();
        List<TransactWriteItem> items = List.of(
                TransactWriteItem.builder().put(history).build(),
                TransactWriteItem.builder()
                        .update(stateUpdate(before, event, decision, at))
                        .build());
        return transact(items)
                .replaceWith(Recording.RECORDED)
                .onFailure(TransactionCanceledException.class)
                .recoverWithUni(DynamoDbLedger::recordingOf);
    }

    private Uni<Recording> recordInHistory(Map<String, AttributeValue> item) {
        PutItemRequest request = PutItemRequest.builder()
                .tableName(table)
                .item(item)
                .conditionExpression(NOT_THERE_YET)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request))
                .replaceWith(Recording.RECORDED)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(Recording.DUPLICATE);
    }

    /** Only what the event decides is set, so that a concurrent {@link #markApplied} is not undone. */
    private Update stateUpdate(RoleRecord before, RoleEvent event, Decision decision, Instant at) {
        InstanceId instance = event.instance().id();
        Map<String, AttributeValue> values = new TreeMap<>(RoleItem.desired(decision.after()));
        values.put(Attributes.REVISION, number(before.revision() + 1));
        values.put(Attributes.CHANGED_AT, string(at.toString()));
        values.put(Attributes.SHARD, string(RoleItem.shard(instance)));
        values.put(Attributes.PENDING_SHARD, string(RoleItem.shard(instance)));
        List<String> assignments = new ArrayList<>();
        Map<String, AttributeValue> arguments = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        values.forEach((name, value) -> {
            assignments.add("#" + name + " = :" + name);
            names.put("#" + name, name);
            arguments.put(":" + name, value);
        });
        assignments.add("pendingSince = if_not_exists(pendingSince, :at)");
        assignments.add("appliedRevision = if_not_exists(appliedRevision, :none)");
        arguments.put(":at", string(Times.sortable(at)));
        arguments.put(":none", number(0));
        Update.Builder update = Update.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET " + String.join(", ", assignments))
                .expressionAttributeNames(names);
        if (before.revision() == 0) {
            update.conditionExpression(NOT_THERE_YET);
        } else {
            update.conditionExpression("#revision = :before");
            arguments.put(":before", number(before.revision()));
        }
        return update.expressionAttributeValues(arguments).build();
    }

    /** The reasons are in the order of the transaction's items: the history first, then the state. */
    private static Uni<Recording> recordingOf(TransactionCanceledException cancelled) {
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        if (CHECK_FAILED.equals(reasons.get(0).code())) {
            return Uni.createFrom().item(Recording.DUPLICATE);
        }
        if (CHECK_FAILED.equals(reasons.get(1).code())) {
            return Uni.createFrom().item(Recording.CONFLICT);
        }
        return Uni.createFrom().failure(cancelled);
    }

    @Override
    public Uni<Boolean> markApplied(RoleRecord record, Application application) {
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
        return transact(items)
                .replaceWith(true)
                .onFailure(DynamoDbLedger::revisionMovedOn)
                .recoverWithItem(false);
    }

    private Update appliedUpdate(RoleRecord record, Application application) {
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
                .footprint()
                .ifPresentOrElse(
                        footprint -> {
                            set.append(", applied = :applied");
                            arguments.put(":applied", RoleItem.footprint(footprint));
                        },
                        () -> remove.append(", applied"));
        application.roleArn().ifPresent(arn -> {
            set.append(", roleArn = :roleArn");
            arguments.put(":roleArn", string(arn));
        });
        return Update.builder()
                .tableName(table)
                .key(RoleItem.key(record.role().instance().id()))
                .updateExpression(set.append(remove).toString())
                .conditionExpression("revision = :revision")
                .expressionAttributeValues(arguments)
                .build();
    }

    private static boolean revisionMovedOn(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && CHECK_FAILED.equals(cancelled.cancellationReasons().get(0).code());
    }

    @Override
    public Uni<Void> hold(RoleRecord record, Condition condition) {
        InstanceId instance = record.role().instance().id();
        Map<String, AttributeValue> arguments = new HashMap<>();
        arguments.put(":conditions", conditions(record, List.of(condition)));
        arguments.put(":revision", number(record.revision()));
        String pending = "";
        if (!record.settled() || condition.type().mayPass()) {
            pending = ", pendingShard = :shard, pendingSince = if_not_exists(pendingSince, :since)";
            arguments.put(":shard", string(RoleItem.shard(instance)));
            arguments.put(":since", string(Times.sortable(condition.since())));
        }
        UpdateItemRequest request = UpdateItemRequest.builder()
                .tableName(table)
                .key(RoleItem.key(instance))
                .updateExpression("SET conditions = :conditions" + pending)
                .conditionExpression("revision = :revision")
                .expressionAttributeValues(arguments)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(request))
                .replaceWithVoid()
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithNull();
    }

    private static AttributeValue conditions(RoleRecord record, List<Condition> conditions) {
        return AttributeValue.fromL(conditions.stream()
                .map(condition -> RoleItem.condition(since(record, condition)))
                .toList());
    }

    /** A condition that goes on is as old as it was when it began. */
    private static Condition since(RoleRecord record, Condition condition) {
        return record.conditions().stream()
                .filter(known -> known.type() == condition.type())
                .findFirst()
                .map(known -> new Condition(condition.type(), condition.detail(), known.since()))
                .orElse(condition);
    }

    @Override
    public Multi<HistoryEntry> history(InstanceId instance) {
        return query(QueryRequest.builder()
                        .tableName(table)
                        .indexName(HISTORY_INDEX)
                        .consistentRead(true)
                        .keyConditionExpression("pk = :pk")
                        .expressionAttributeValues(Map.of(":pk", string(instance.value())))
                        .build())
                .map(HistoryItem::read);
    }

    @Override
    public Multi<InstanceId> pending() {
        return instances(PENDING_INDEX, Attributes.PENDING_SHARD);
    }

    @Override
    public Multi<InstanceId> all() {
        return instances(ROLES_INDEX, Attributes.SHARD);
    }

    private Multi<InstanceId> instances(String index, String shardAttribute) {
        return Multi.createFrom()
                .iterable(SHARDS)
                .onItem()
                .transformToMultiAndConcatenate(shard -> query(QueryRequest.builder()
                        .tableName(table)
                        .indexName(index)
                        .keyConditionExpression("#shard = :shard")
                        .expressionAttributeNames(Map.of("#shard", shardAttribute))
                        .expressionAttributeValues(Map.of(":shard", string(shard)))
                        .build()))
                .map(item -> new InstanceId(string(item, Attributes.PK)));
    }

    private Multi<Map<String, AttributeValue>> query(QueryRequest request) {
        return Multi.createFrom()
                .publisher(AdaptersToFlow.publisher(
                        dynamoDb.queryPaginator(request).items()));
    }

    private Uni<Void> transact(List<TransactWriteItem> items) {
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.transactWriteItems(
                        TransactWriteItemsRequest.builder().transactItems(items).build()))
                .onFailure(DynamoDbLedger::metAnotherTransaction)
                .retry()
                .withBackOff(FIRST_BACKOFF, LONGEST_BACKOFF)
                .withJitter(1.0)
                .atMost(TRANSACTION_ATTEMPTS)
                .replaceWithVoid();
    }

    /** Whether it may well succeed if it is tried again: it was refused for others' sake, not for its own. */
    private static boolean metAnotherTransaction(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && cancelled.cancellationReasons().stream().anyMatch(reason -> TRANSIENT.contains(reason.code()))
                && cancelled.cancellationReasons().stream().noneMatch(reason -> CHECK_FAILED.equals(reason.code()));
    }
}
