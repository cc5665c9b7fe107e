package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.optional;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.FindingItem;
import dev.linkedrole.ledger.dynamodb.item.ImportItem;
import dev.linkedrole.ledger.dynamodb.item.ImportProgressItem;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Imports in the ledger's table, beside the roles and in no index: an {@link ImportItem} for each in one partition, with
 * one item that names those that have not ended; and in a partition of each import its {@link ImportProgressItem}s and
 * {@link FindingItem}s.
 */
public final class DynamoDbImports implements Imports {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final Transactions transactions;
    private final VersionedItems items;

    public DynamoDbImports(DynamoDbAsyncClient dynamoDb, String table, Retry retry) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.transactions = new Transactions(dynamoDb, retry);
        this.items = new VersionedItems(dynamoDb, table);
    }

    @Override
    public Uni<Boolean> add(ImportRecord requested) {
        TransactWriteItem put = TransactWriteItem.builder()
                .put(item -> item.tableName(table)
                        .item(ImportItem.of(requested))
                        .conditionExpression(Attributes.NOT_THERE_YET))
                .build();
        TransactWriteItem running = TransactWriteItem.builder()
                .update(item -> item.tableName(table)
                        .key(ImportItem.RUNNING_KEY)
                        .updateExpression("ADD #running :id")
                        .conditionExpression("attribute_not_exists(#running) OR size(#running) < :max")
                        .expressionAttributeNames(Map.of("#running", ImportItem.RUNNING))
                        .expressionAttributeValues(
                                Map.of(":id", ids(requested.id()), ":max", number(Imports.MAX_RUNNING))))
                .build();
        return translated(transactions
                .write(List.of(put, running))
                .replaceWith(true)
                .onFailure(Transactions::checkFailed)
                .recoverWithItem(false));
    }

    private static AttributeValue ids(String id) {
        return AttributeValue.fromSs(List.of(id));
    }

    @Override
    public Uni<Optional<ImportRecord>> get(String id) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(
                        r -> r.tableName(table).key(ImportItem.key(id)).consistentRead(true)))
                .map(response ->
                        response.hasItem() ? Optional.of(ImportItem.read(response.item())) : Optional.empty()));
    }

    @Override
    public Uni<List<ImportRecord>> newest(int limit) {
        QueryRequest request = items.under(string(ImportItem.PARTITION), ImportItem.PREFIX)
                .scanIndexForward(false)
                .limit(limit)
                .build();
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.query(request))
                .map(response -> response.items().stream().map(ImportItem::read).toList()));
    }

    @Override
    public Uni<List<ImportRecord>> running() {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(
                        r -> r.tableName(table).key(ImportItem.RUNNING_KEY).consistentRead(true)))
                .flatMap(response -> optional(response.item(), ImportItem.RUNNING)
                        .map(AttributeValue::ss)
                        .filter(ids -> !ids.isEmpty())
                        .map(this::all)
                        .orElseGet(() -> Uni.createFrom().item(List.of()))));
    }

    /** Reads imports; those that a busy DynamoDB left out are read the next time. */
    private Uni<List<ImportRecord>> all(List<String> ids) {
        KeysAndAttributes keys = KeysAndAttributes.builder()
                .keys(ids.stream().map(ImportItem::key).toList())
                .consistentRead(true)
                .build();
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.batchGetItem(r -> r.requestItems(Map.of(table, keys))))
                .map(this::oldestFirst);
    }

    private List<ImportRecord> oldestFirst(BatchGetItemResponse response) {
        return response.responses().getOrDefault(table, List.of()).stream()
                .map(ImportItem::read)
                .sorted(Comparator.comparing(ImportRecord::id))
                .toList();
    }

    @Override
    public Uni<List<LocationProgress>> progress(String id) {
        return items.all(ImportProgressItem.partition(id), ImportProgressItem.PREFIX, ImportProgressItem::read);
    }

    @Override
    public Uni<Boolean> save(String id, LocationProgress progress) {
        return items.save(ImportProgressItem.of(id, progress), ImportProgressItem.VERSION, progress.version());
    }

    @Override
    public Uni<Void> keep(String id, Finding finding) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(r -> r.tableName(table).item(FindingItem.of(id, finding))))
                .replaceWithVoid());
    }

    @Override
    public Uni<Finding.Page> findings(String id, Optional<String> after, int limit) {
        QueryRequest.Builder request = items.under(ImportProgressItem.partition(id), FindingItem.PREFIX)
                .limit(limit);
        after.ifPresent(mark -> request.exclusiveStartKey(FindingItem.key(id, mark)));
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.query(request.build()))
                .map(DynamoDbImports::page));
    }

    private static Finding.Page page(QueryResponse response) {
        List<Finding> findings =
                response.items().stream().map(FindingItem::read).toList();
        boolean more = response.hasLastEvaluatedKey() && !findings.isEmpty();
        return new Finding.Page(findings, more ? Optional.of(findings.getLast().mark()) : Optional.empty());
    }

    @Override
    public Uni<Void> end(String id, ImportRecord.State how, Instant at) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":how", string(how.name()));
        values.put(":at", string(at.toString()));
        values.put(":running", string(ImportRecord.State.RUNNING.name()));
        TransactWriteItem ended = TransactWriteItem.builder()
                .update(item -> item.tableName(table)
                        .key(ImportItem.key(id))
                        .updateExpression("SET #state = :how, #ended = :at")
                        .conditionExpression("#state = :running")
                        .expressionAttributeNames(Map.of("#state", ImportItem.STATE, "#ended", ImportItem.ENDED_AT))
                        .expressionAttributeValues(values))
                .build();
        TransactWriteItem running = TransactWriteItem.builder()
                .update(item -> item.tableName(table)
                        .key(ImportItem.RUNNING_KEY)
                        .updateExpression("DELETE #running :id")
                        .expressionAttributeNames(Map.of("#running", ImportItem.RUNNING))
                        .expressionAttributeValues(Map.of(":id", ids(id))))
                .build();
        return translated(transactions
                .write(List.of(ended, running))
                .onFailure(Transactions::checkFailed)
                .recoverWithNull());
    }
}
