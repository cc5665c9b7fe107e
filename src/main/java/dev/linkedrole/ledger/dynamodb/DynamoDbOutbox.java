package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.time;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxBacklog;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.OutcomeItem;
import dev.linkedrole.role.outcome.Outcome;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * The outbox in the ledger's table: an {@link OutcomeItem} for each outcome, in the sparse index of what is pending.
 */
public final class DynamoDbOutbox implements Outbox {

    private static final String PENDING_INDEX = "pending";

    /** Maximum number of outcomes read per partition of the index. */
    private static final int MAX_OF_SHARD = 100;

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final OutboxNotifier notifier;

    public DynamoDbOutbox(DynamoDbAsyncClient dynamoDb, String table, OutboxNotifier notifier) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.notifier = notifier;
    }

    @Override
    public Uni<Void> put(Outcome.GrantRejected rejected) {
        Map<String, AttributeValue> item = OutcomeItem.of(rejected);
        PutItemRequest request =
                PutItemRequest.builder().tableName(table).item(item).build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request))
                .invoke(() -> notifier.ring(string(item, Attributes.PK)))
                .replaceWithVoid());
    }

    @Override
    public Uni<List<PendingOutcome>> oldest(String lane, int most) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :lane AND begins_with(sk, :outcome)")
                .expressionAttributeValues(Map.of(":lane", string(lane), ":outcome", string(OutcomeItem.PREFIX)))
                .limit(most)
                .build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.query(request))
                .map(response ->
                        response.items().stream().map(OutcomeItem::read).toList()));
    }

    @Override
    public Uni<Void> remove(PendingOutcome published) {
        DeleteItemRequest request = DeleteItemRequest.builder()
                .tableName(table)
                .key(Map.of(Attributes.PK, string(published.lane()), Attributes.SK, string(published.position())))
                .build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.deleteItem(request))
                .replaceWithVoid());
    }

    @Override
    public Uni<OutboxBacklog> backlog(RecentWindow recent) {
        return translated(Multi.createFrom()
                .iterable(OutcomeItem.shards())
                .onItem()
                .transformToUniAndConcatenate(this::oldestOf)
                .collect()
                .asList()
                .map(shards -> backlog(shards, recent)));
    }

    private Uni<QueryResponse> oldestOf(String shard) {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .indexName(PENDING_INDEX)
                .keyConditionExpression("pendingShard = :shard")
                .expressionAttributeValues(Map.of(":shard", string(shard)))
                .limit(MAX_OF_SHARD)
                .build();
        return Uni.createFrom().completionStage(() -> dynamoDb.query(request));
    }

    private static OutboxBacklog backlog(List<QueryResponse> shards, RecentWindow recent) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        shards.forEach(shard -> shard.items().stream()
                .filter(item -> !recent.includes(time(item, Attributes.PENDING_SINCE)))
                .forEach(items::add));
        Set<String> lanes =
                items.stream().map(item -> string(item, Attributes.PK)).collect(Collectors.toSet());
        Optional<Instant> oldest =
                items.stream().map(item -> time(item, Attributes.PENDING_SINCE)).min(Instant::compareTo);
        boolean complete = shards.stream().allMatch(shard -> shard.items().size() < MAX_OF_SHARD);
        return new OutboxBacklog(lanes, items.size(), oldest, complete);
    }
}
