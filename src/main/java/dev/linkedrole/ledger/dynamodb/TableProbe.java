package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.dynamodb.item.Attributes;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Probe of the ledger's table: reads and writes as recording an event does, and changes nothing. */
public final class TableProbe {

    /** Key of an item that never exists. */
    private static final Map<String, AttributeValue> NOWHERE =
            Map.of(Attributes.PK, string("probe"), Attributes.SK, string("probe"));

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public TableProbe(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    /** Fails if the table cannot be read, or not written. */
    public Uni<Void> probe() {
        return Uni.createFrom()
                .completionStage(() ->
                        dynamoDb.getItem(r -> r.tableName(table).key(NOWHERE).consistentRead(true)))
                .chain(() -> Uni.createFrom()
                        .completionStage(() -> dynamoDb.putItem(r -> r.tableName(table)
                                .item(NOWHERE)
                                .conditionExpression("attribute_exists(" + Attributes.PK + ")"))))
                .replaceWithVoid()
                // A write that is rejected for its condition was permitted.
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithNull()
                .onFailure()
                .transform(DynamoDbErrors::translate);
    }
}
