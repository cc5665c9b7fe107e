package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.LedgerContract;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.Tag;

/** The contract of ledgers, kept by a real table. */
@OnEachAws
@Tag("aws")
class DynamoDbLedgerTest extends LedgerContract {

    @Override
    public Ledger ledger() {
        return SharedTable.ledger();
    }
}
