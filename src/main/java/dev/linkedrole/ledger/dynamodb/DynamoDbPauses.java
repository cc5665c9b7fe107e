package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.dynamodb.item.PauseItem;
import dev.linkedrole.ledger.pauses.PauseStore;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Pauses in the ledger's table, a {@link PauseItem} for each in one partition, beside the roles and in no index. */
public final class DynamoDbPauses implements PauseStore {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbPauses(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<List<Pause>> all() {
        QueryRequest request = QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(Map.of(":pk", string(PauseItem.PARTITION)))
                .build();
        return translated(Multi.createFrom()
                        .publisher(AdaptersToFlow.publisher(
                                dynamoDb.queryPaginator(request).items()))
                        .map(PauseItem::read))
                .collect()
                .asList();
    }

    @Override
    public Uni<Void> put(Pause pause) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(r -> r.tableName(table).item(PauseItem.of(pause))))
                .replaceWithVoid());
    }

    @Override
    public Uni<Optional<Pause>> remove(PauseScope scope) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.deleteItem(r ->
                        r.tableName(table).key(PauseItem.key(scope)).returnValues(ReturnValue.ALL_OLD)))
                .map(response -> response.hasAttributes()
                        ? Optional.of(PauseItem.read(response.attributes()))
                        : Optional.empty()));
    }
}
