package dev.linkedrole.testing;

import dev.linkedrole.ledger.DynamoDbLedger;
import dev.linkedrole.ledger.DynamoDbOutbox;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxBell;
import dev.linkedrole.retry.Retry;
import java.util.Optional;

/** A deployment that tests which need no service share. What they find in its table may be another one's. */
public final class SharedTable {

    public static final Deployment SHARED = Deployment.provision();

    private SharedTable() {}

    /** A ledger in the shared table that has outcomes put into the outbox. */
    public static Ledger tellingLedger(OutboxBell bell) {
        return new DynamoDbLedger(Clients.DYNAMO_DB, SHARED.table(), Optional.of(bell), Retry.inRealTime());
    }

    /** The outbox in the shared table. */
    public static Outbox outbox(OutboxBell bell) {
        return new DynamoDbOutbox(Clients.DYNAMO_DB, SHARED.table(), bell);
    }

    /** A ledger in the shared table. */
    public static Ledger ledger() {
        return new DynamoDbLedger(Clients.DYNAMO_DB, SHARED.table(), Retry.inRealTime());
    }
}
