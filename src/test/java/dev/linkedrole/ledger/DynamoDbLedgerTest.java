package dev.linkedrole.ledger;

import dev.linkedrole.testing.OnEachAws;
import dev.linkedrole.testing.SharedTable;
import org.junit.jupiter.api.Tag;

/** What a ledger promises, kept by a real table. */
@OnEachAws
@Tag("aws")
class DynamoDbLedgerTest extends LedgerContract {

    @Override
    Ledger ledger() {
        return SharedTable.ledger();
    }
}
