package dev.linkedrole.ledger.dynamodb;

import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.ImportsContract;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.Tag;

/** A real table passes the contract test of imports. */
@OnEachAws
@Tag("aws")
class DynamoDbImportsTest extends ImportsContract {

    @Override
    public Imports imports() {
        return new DynamoDbImports(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table(), Retry.inRealTime());
    }
}
