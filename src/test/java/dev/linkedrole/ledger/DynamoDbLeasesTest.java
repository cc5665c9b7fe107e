package dev.linkedrole.ledger;

import dev.linkedrole.testing.Clients;
import dev.linkedrole.testing.OnEachAws;
import dev.linkedrole.testing.SharedTable;
import org.junit.jupiter.api.Tag;

/** What leases promise, kept by a real table. */
@OnEachAws
@Tag("aws")
class DynamoDbLeasesTest extends LeasesContract {

    @Override
    Leases leases(String holder) {
        return new DynamoDbLeases(Clients.DYNAMO_DB, SharedTable.SHARED.table(), holder);
    }
}
