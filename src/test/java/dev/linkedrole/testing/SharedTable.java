package dev.linkedrole.testing;

import dev.linkedrole.ledger.DynamoDbLedger;
import dev.linkedrole.ledger.Ledger;

/** A deployment that tests which need no service share. What they find in its table may be another one's. */
public final class SharedTable {

    public static final Deployment SHARED = Deployment.provision();

    private SharedTable() {}

    /** A ledger in the shared table. */
    public static Ledger ledger() {
        return new DynamoDbLedger(Clients.DYNAMO_DB, SHARED.table());
    }
}
