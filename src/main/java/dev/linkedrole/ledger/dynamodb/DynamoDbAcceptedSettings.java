package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;

import dev.linkedrole.ledger.AcceptedSettingsStore;
import dev.linkedrole.ledger.dynamodb.item.AcceptedItem;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.role.guard.Acceptance;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The {@link AcceptedItem} in the ledger's table, beside the roles and in no index. */
public final class DynamoDbAcceptedSettings implements AcceptedSettingsStore {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbAcceptedSettings(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<Optional<Acceptance>> load() {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(
                        r -> r.tableName(table).key(AcceptedItem.KEY).consistentRead(true)))
                .map(response -> AcceptedItem.read(response.item())));
    }

    @Override
    public Uni<Boolean> replace(Optional<String> expected, Acceptance next) {
        PutItemRequest.Builder put = PutItemRequest.builder().tableName(table).item(AcceptedItem.of(next));
        expected.ifPresentOrElse(
                digest -> put.conditionExpression(AcceptedItem.DIGEST + " = :expected")
                        .expressionAttributeValues(Map.of(":expected", Attributes.string(digest))),
                () -> put.conditionExpression(Attributes.NOT_THERE_YET));
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(put.build()))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false));
    }
}
