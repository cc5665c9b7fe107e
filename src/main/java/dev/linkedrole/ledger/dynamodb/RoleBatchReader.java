package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.dynamodb.item.RoleItem;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads the {@link RoleItem role items} of many instances, a hundred with one request, and consistently. */
final class RoleBatchReader {

    /**
     * Maximum number of items of one request.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html">BatchGetItem</a>
     */
    private static final int ITEMS = 100;

    /** Maximum number of successive attempts in which DynamoDB returns no item. */
    private static final int ATTEMPTS = 8;

    private static final Backoff AFTER_NOTHING = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(5));

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;
    private final Retry retry;

    RoleBatchReader(DynamoDbAsyncClient dynamoDb, String table, Retry retry) {
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.retry = retry;
    }

    Multi<Map<String, AttributeValue>> of(Multi<InstanceId> instances) {
        return ofKeys(instances.map(RoleItem::key));
    }

    /** Reads the existing items of these keys, in any order. */
    Multi<Map<String, AttributeValue>> ofKeys(Multi<Map<String, AttributeValue>> keys) {
        return keys.group()
                .intoLists()
                .of(ITEMS)
                .onItem()
                .transformToMultiAndConcatenate(batch -> get(
                        KeysAndAttributes.builder()
                                .keys(batch)
                                .consistentRead(true)
                                .build(),
                        1));
    }

    private Multi<Map<String, AttributeValue>> get(KeysAndAttributes keys, int attempt) {
        return Uni.createFrom()
                .completionStage(() -> dynamoDb.batchGetItem(r -> r.requestItems(Map.of(table, keys))))
                .toMulti()
                .onItem()
                .transformToMultiAndConcatenate(response -> Multi.createBy()
                        .concatenating()
                        .streams(Multi.createFrom().iterable(found(response)), rest(response, attempt)));
    }

    private List<Map<String, AttributeValue>> found(BatchGetItemResponse response) {
        return response.responses().getOrDefault(table, List.of());
    }

    /** Reads the unprocessed keys: DynamoDB returns at most 16 MB at once, and less when it is busy. */
    private Multi<Map<String, AttributeValue>> rest(BatchGetItemResponse response, int attempt) {
        KeysAndAttributes left = response.unprocessedKeys().get(table);
        if (left == null || left.keys().isEmpty()) {
            return Multi.createFrom().empty();
        }
        if (!found(response).isEmpty()) {
            return get(left, 1);
        }
        return attempt == ATTEMPTS
                ? Multi.createFrom()
                        .failure(new IllegalStateException("the ledger has given back none of "
                                + left.keys().size() + " records, " + ATTEMPTS + " times in a row"))
                : retry.pause(AFTER_NOTHING.pause(attempt, retry.chance()))
                        .onItem()
                        .transformToMulti(paused -> get(left, attempt + 1));
    }
}
