package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** DynamoDB transactions, retried after conflicts with others; the SDK does not retry those. */
public final class Transactions {

    /**
     * Maximum number of items of a transaction.
     *
     * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
     */
    public static final int MAX_ITEMS = 100;

    static final String CHECK_FAILED = "ConditionalCheckFailed";

    private static final Set<String> TRANSIENT =
            Set.of("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded");

    /**
     * Attempts of one transaction. The eight pauses between them take 3.3 s on average and 6.5 s at most, less than a
     * visibility timeout.
     */
    private static final int ATTEMPTS = 9;

    private static final Backoff AFTER_CONFLICT = new Backoff(Duration.ofMillis(40), Duration.ofSeconds(2));

    private final DynamoDbAsyncClient dynamoDb;
    private final Retry retry;

    Transactions(DynamoDbAsyncClient dynamoDb, Retry retry) {
        this.dynamoDb = dynamoDb;
        this.retry = retry;
    }

    Uni<Void> write(List<TransactWriteItem> items) {
        return unlessInTheWay(() -> dynamoDb.transactWriteItems(request -> request.transactItems(items)))
                .replaceWithVoid();
    }

    <T> Uni<T> unlessInTheWay(Supplier<CompletionStage<T>> call) {
        return retry.upTo(
                ATTEMPTS,
                AFTER_CONFLICT,
                Transactions::metAnother,
                () -> Uni.createFrom().completionStage(call));
    }

    /**
     * True if a retry may succeed: the transaction conflicted with another one, and was not rejected for its own
     * content.
     */
    private static boolean metAnother(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && cancelled.cancellationReasons().stream().anyMatch(reason -> TRANSIENT.contains(reason.code()))
                && !checkFailed(cancelled);
    }

    /** True if a condition did not hold. */
    public static boolean checkFailed(Throwable failure) {
        return failure instanceof TransactionCanceledException cancelled
                && cancelled.cancellationReasons().stream().anyMatch(reason -> CHECK_FAILED.equals(reason.code()));
    }
}
