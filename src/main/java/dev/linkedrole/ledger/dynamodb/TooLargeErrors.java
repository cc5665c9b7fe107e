package dev.linkedrole.ledger.dynamodb;

import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ItemCollectionSizeLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Recognises DynamoDB's errors about items that are too large. A retry of the same write cannot succeed. */
final class TooLargeErrors {

    private static final String SAID = "size";
    private static final String INVALID = "ValidationException";
    private static final String INVALID_ITEM = "ValidationError";
    private static final String FULL = "ItemCollectionSizeLimitExceeded";

    private TooLargeErrors() {}

    static boolean isOne(Throwable failure) {
        return switch (failure) {
            case ItemCollectionSizeLimitExceededException full -> true;
            case TransactionCanceledException cancelled ->
                cancelled.cancellationReasons().stream()
                        .anyMatch(reason -> FULL.equals(reason.code())
                                || (INVALID_ITEM.equals(reason.code()) && isSize(String.valueOf(reason.message()))));
            case DynamoDbException other ->
                other.awsErrorDetails() != null
                        && INVALID.equals(other.awsErrorDetails().errorCode())
                        && isSize(String.valueOf(other.getMessage()));
            default -> false;
        };
    }

    private static boolean isSize(String message) {
        return message.toLowerCase(Locale.ROOT).contains(SAID);
    }
}
