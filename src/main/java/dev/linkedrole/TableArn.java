package dev.linkedrole;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** ARN of the ledger's table, which tells one deployment from another. Looked up once, before the first message. */
final class TableArn {

    private static final Logger LOG = LoggerFactory.getLogger(TableArn.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private TableArn() {}

    /**
     * Looks up the ARN. Empty if that fails: then no role is marked until the next start, and none is taken for another
     * deployment's.
     */
    static Optional<String> of(DynamoDbAsyncClient dynamoDb, String table) {
        try {
            return Optional.of(dynamoDb.describeTable(r -> r.tableName(table))
                    .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .join()
                    .table()
                    .tableArn());
        } catch (CompletionException failure) {
            LOG.warn(
                    "Roles are not marked with their deployment until the next start, since the ARN of the table {} could not be read: {}",
                    table,
                    String.valueOf(failure.getCause()));
            return Optional.empty();
        }
    }
}
