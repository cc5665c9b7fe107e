package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Items of a partition that each have a version, so that of two writers of one version only the first succeeds. */
final class VersionedItems {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    VersionedItems(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** Returns a consistent query of the items of a partition whose sort keys have a prefix. */
    QueryRequest.Builder under(AttributeValue partition, String prefix) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                .expressionAttributeValues(Map.of(":pk", partition, ":prefix", string(prefix)));
    }

    /** Reads all items of a partition whose sort keys have a prefix. */
    <T> Uni<List<T>> all(AttributeValue partition, String prefix, Function<Map<String, AttributeValue>, T> read) {
        QueryRequest request = under(partition, prefix).build();
        return translated(Multi.createFrom()
                        .publisher(AdaptersToFlow.publisher(
                                dynamoDb.queryPaginator(request).items()))
                        .map(read))
                .collect()
                .asList();
    }

    /**
     * Writes an item over its former version; version 1 is the first.
     *
     * @param attribute name of the attribute with the version
     * @return false if another writer was first; then nothing is written
     */
    Uni<Boolean> save(Map<String, AttributeValue> item, String attribute, long version) {
        PutItemRequest.Builder request =
                PutItemRequest.builder().tableName(table).item(item);
        if (version == 1) {
            request.conditionExpression(Attributes.NOT_THERE_YET);
        } else {
            request.conditionExpression("#version = :before")
                    .expressionAttributeNames(Map.of("#version", attribute))
                    .expressionAttributeValues(Map.of(":before", number(version - 1)));
        }
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request.build()))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false));
    }
}
