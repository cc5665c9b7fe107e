package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.ledger.dynamodb.item.PauseItem;
import dev.linkedrole.ledger.pauses.PauseStore;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Pauses in the ledger's table: attributes of one {@link PauseItem}, beside the roles and in no index. */
public final class DynamoDbPauses implements PauseStore {

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbPauses(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<List<Pause>> all() {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.getItem(
                        r -> r.tableName(table).key(PauseItem.KEY).consistentRead(true)))
                .map(response -> PauseItem.read(response.item())));
    }

    @Override
    public Uni<Void> put(Pause pause) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(r -> r.tableName(table)
                        .key(PauseItem.KEY)
                        .updateExpression("SET #scope = :pause")
                        .expressionAttributeNames(Map.of("#scope", pause.scope().text()))
                        .expressionAttributeValues(Map.of(":pause", PauseItem.of(pause)))))
                .replaceWithVoid());
    }

    @Override
    public Uni<Optional<Pause>> remove(PauseScope scope) {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.updateItem(r -> r.tableName(table)
                        .key(PauseItem.KEY)
                        .updateExpression("REMOVE #scope")
                        .expressionAttributeNames(Map.of("#scope", scope.text()))
                        .returnValues(ReturnValue.ALL_OLD)))
                .map(response -> Attributes.optional(response.attributes(), scope.text())
                        .map(attribute -> PauseItem.read(scope, attribute))));
    }
}
