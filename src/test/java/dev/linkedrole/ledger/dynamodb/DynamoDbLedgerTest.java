package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.LedgerContract;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.Tag;

/** A real table passes the contract test of ledgers. */
@OnEachAws
@Tag("aws")
class DynamoDbLedgerTest extends LedgerContract {

    @Override
    public Ledger ledger() {
        return SharedTable.ledger();
    }
}
