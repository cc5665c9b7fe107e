package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.number;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.checks.Checks;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.CheckProgressItem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** Progress of the check in the ledger's table, beside the roles: a {@link CheckProgressItem} for each location. */
public final class DynamoDbChecks implements Checks {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbChecks(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<List<CheckProgress>> all() {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                .expressionAttributeValues(
                        Map.of(":pk", string(CheckProgressItem.PARTITION), ":prefix", string(CheckProgressItem.PREFIX)))
                .build();
        return translated(Multi.createFrom()
                        .publisher(AdaptersToFlow.publisher(
                                dynamoDb.queryPaginator(request).items()))
                        .map(CheckProgressItem::read))
                .collect()
                .asList();
    }

    @Override
    public Uni<Boolean> save(CheckProgress progress) {
        PutItemRequest.Builder request =
                PutItemRequest.builder().tableName(table).item(CheckProgressItem.of(progress));
        if (progress.version() == 1) {
            request.conditionExpression(Attributes.NOT_THERE_YET);
        } else {
            request.conditionExpression("#version = :before")
                    .expressionAttributeNames(Map.of("#version", CheckProgressItem.VERSION))
                    .expressionAttributeValues(Map.of(":before", number(progress.version() - 1)));
        }
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request.build()))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false));
    }
}
