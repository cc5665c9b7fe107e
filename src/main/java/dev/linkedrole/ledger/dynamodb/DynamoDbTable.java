package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.DynamoDbErrors.translated;
import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.LedgerTable;
import dev.linkedrole.ledger.dynamodb.item.Attributes;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.identity.TableIdentity;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * The ledger's table in DynamoDB, with the item {@code pk} = {@code deployment}, {@code sk} = {@code table}, which is
 * in no index. It is separate from the item of the settings, which earlier versions write as a whole.
 */
public final class DynamoDbTable implements LedgerTable {

    private static final Map<String, AttributeValue> KEY =
            Map.of(Attributes.PK, string("deployment"), Attributes.SK, string("table"));
    private static final String TABLE_ID = "tableId";
    private static final String RESTORED_AT = "restoredAt";

    /** States in which a table can be read and written as usual. */
    private static final Set<TableStatus> IN_USE = Set.of(TableStatus.ACTIVE, TableStatus.UPDATING);

    private static final Set<String> NOT_TO_BE_HAD = Set.of("AccessDeniedException", "UnknownOperationException");

    private final DynamoDbAsyncClient dynamoDb;
    private final String table;

    public DynamoDbTable(DynamoDbAsyncClient dynamoDb, String table) {
        this.dynamoDb = dynamoDb;
        this.table = table;
    }

    @Override
    public Uni<Optional<TableIdentity>> identity() {
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.describeTable(r -> r.tableName(table)))
                .map(response -> identityOf(response.table()))
                .onFailure(DynamoDbTable::isNotToBeHad)
                .recoverWithItem(Optional.empty())
                .onFailure(ResourceNotFoundException.class)
                .transform(missing -> new NoTableException(table, "does not exist")));
    }

    /** True if the caller lacks the permission, or an emulator does not know the call. */
    private static boolean isNotToBeHad(Throwable failure) {
        return failure instanceof DynamoDbException coded
                && coded.awsErrorDetails() != null
                && NOT_TO_BE_HAD.contains(coded.awsErrorDetails().errorCode());
    }

    private Optional<TableIdentity> identityOf(TableDescription found) {
        if (found.tableStatus() != null && !IN_USE.contains(found.tableStatus())) {
            throw new NoTableException(table, "is " + found.tableStatusAsString());
        }
        return TableIdentity.of(Optional.ofNullable(found.tableId()), Optional.ofNullable(found.creationDateTime()));
    }

    @Override
    public Uni<Optional<LedgerOrigin.Recorded>> recorded() {
        return translated(Uni.createFrom()
                .completionStage(
                        () -> dynamoDb.getItem(r -> r.tableName(table).key(KEY).consistentRead(true)))
                .map(response -> Attributes.optional(response.item(), TABLE_ID)
                        .map(id -> new LedgerOrigin.Recorded(
                                id.s(),
                                Attributes.optional(response.item(), RESTORED_AT)
                                        .map(since -> Instant.parse(since.s()))))));
    }

    @Override
    public Uni<Boolean> record(String id, Optional<String> before) {
        Map<String, AttributeValue> item = new HashMap<>(KEY);
        item.put(TABLE_ID, string(id));
        PutItemRequest.Builder request =
                PutItemRequest.builder().tableName(table).item(item);
        before.ifPresentOrElse(
                known -> request.conditionExpression(TABLE_ID + " = :before")
                        .expressionAttributeValues(Map.of(":before", string(known))),
                () -> request.conditionExpression("attribute_not_exists(" + TABLE_ID + ")"));
        return translated(Uni.createFrom()
                .completionStage(() -> dynamoDb.putItem(request.build()))
                .replaceWith(true)
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithItem(false));
    }
}
