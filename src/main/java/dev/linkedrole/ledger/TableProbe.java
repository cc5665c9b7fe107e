package dev.linkedrole.ledger;

import static dev.linkedrole.ledger.Attributes.string;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Probe of the ledger's table: reads and writes as recording an event does, and changes nothing. */
public final class TableProbe {

    private static final int SERVER_ERRORS = 500;

    /** The key of an item that is never there. */
    private static final Map<String, AttributeValue> NOWHERE =
            Map.of(Attributes.PK, string("probe"), Attributes.SK, string("probe"));

    private static final Set<String> THROTTLED = Set.of("ThrottlingError", "ProvisionedThroughputExceeded");

    /** Codes of refused access: it is the caller who may not, whatever is asked for. */
    private static final Set<String> DENIED = Set.of(
            "AccessDeniedException",
            "ExpiredTokenException",
            "IncompleteSignatureException",
            "InvalidClientTokenId",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");

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
                // As it has to: what is refused for its condition could be written.
                .onFailure(ConditionalCheckFailedException.class)
                .recoverWithNull();
    }

    /** Whether a failure tells of the table, so that any other call would fail as well. */
    public static boolean tellsOfTable(Throwable failure) {
        return switch (failure) {
            case SdkClientException unreachable -> true;
            case ResourceNotFoundException missing -> true;
            case TransactionCanceledException cancelled ->
                cancelled.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .anyMatch(THROTTLED::contains);
            case SdkServiceException refused ->
                refused.statusCode() >= SERVER_ERRORS || refused.isThrottlingException() || isDenied(refused);
            default -> false;
        };
    }

    private static boolean isDenied(SdkServiceException refused) {
        return refused instanceof DynamoDbException coded
                && Optional.ofNullable(coded.awsErrorDetails())
                        .filter(details -> DENIED.contains(details.errorCode()))
                        .isPresent();
    }
}
