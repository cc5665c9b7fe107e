package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.ledger.dynamodb.item.Attributes.string;

import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.checks.Checks;
import dev.linkedrole.ledger.dynamodb.item.CheckProgressItem;
import io.smallrye.mutiny.Uni;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Progress of the check in the ledger's table, beside the roles: a {@link CheckProgressItem} for each location. */
public final class DynamoDbChecks implements Checks {

    private final VersionedItems items;

    public DynamoDbChecks(DynamoDbAsyncClient dynamoDb, String table) {
        this.items = new VersionedItems(dynamoDb, table);
    }

    @Override
    public Uni<List<CheckProgress>> all() {
        return items.all(string(CheckProgressItem.PARTITION), CheckProgressItem.PREFIX, CheckProgressItem::read);
    }

    @Override
    public Uni<Boolean> save(CheckProgress progress) {
        return items.save(CheckProgressItem.of(progress), CheckProgressItem.VERSION, progress.version());
    }
}
