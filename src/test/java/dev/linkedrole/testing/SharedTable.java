package dev.linkedrole.testing;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbOutbox;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.Optional;

/** A deployment that tests which need no service share. What they find in its table may be another one's. */
public final class SharedTable {

    public static final Deployment SHARED = Deployment.provision();

    private SharedTable() {}

    /** A ledger in the shared table that has outcomes put into the outbox. */
    public static Ledger tellingLedger(OutboxNotifier bell) {
        return new DynamoDbLedger(AwsTestClients.DYNAMO_DB, SHARED.table(), Optional.of(bell), Retry.inRealTime());
    }

    /** The outbox in the shared table. */
    public static Outbox outbox(OutboxNotifier bell) {
        return new DynamoDbOutbox(AwsTestClients.DYNAMO_DB, SHARED.table(), bell);
    }

    /** A ledger in the shared table. */
    public static Ledger ledger() {
        return new DynamoDbLedger(AwsTestClients.DYNAMO_DB, SHARED.table(), Retry.inRealTime());
    }
}
