package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.checks.Checks;
import dev.linkedrole.ledger.checks.ChecksContract;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.Tag;

/** A real table passes the contract test of the check's progress. */
@OnEachAws
@Tag("aws")
class DynamoDbChecksTest extends ChecksContract {

    @Override
    public Checks checks() {
        return new DynamoDbChecks(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table());
    }
}
