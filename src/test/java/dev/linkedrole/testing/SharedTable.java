package dev.linkedrole.testing;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.ledger.dynamodb.DynamoDbOutbox;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.util.Optional;

/** A deployment that tests without a service share. Its table may contain records of other tests. */
public final class SharedTable {

    public static final Deployment SHARED = Deployment.provision();

    private SharedTable() {}

    /** Creates a ledger in the shared table that adds outcomes to the outbox. */
    public static Ledger ledgerWithOutbox(OutboxNotifier notifier) {
        return new DynamoDbLedger(AwsTestClients.DYNAMO_DB, SHARED.table(), Optional.of(notifier), Retry.inRealTime());
    }

    /** The outbox in the shared table. */
    public static Outbox outbox(OutboxNotifier notifier) {
        return new DynamoDbOutbox(AwsTestClients.DYNAMO_DB, SHARED.table(), notifier);
    }

    /** Creates a ledger in the shared table. */
    public static Ledger ledger() {
        return new DynamoDbLedger(AwsTestClients.DYNAMO_DB, SHARED.table(), Optional.empty(), Retry.inRealTime());
    }
}
