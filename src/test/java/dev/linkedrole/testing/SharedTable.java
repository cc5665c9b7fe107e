package dev.linkedrole.testing;

import dev.linkedrole.ledger.DynamoDbLedger;
import dev.linkedrole.ledger.Ledger;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A deployment that tests which need no service share. What they find in its table may be another one's. */
public final class SharedTable {

    public static final Deployment SHARED = Deployment.provision();

    private SharedTable() {}

    /** A ledger in the shared table. */
    public static Ledger ledger() {
        return new DynamoDbLedger(Clients.DYNAMO_DB, SHARED.table());
    }

    /** What comes of it, within patience. */
    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Producer.PATIENCE);
    }

    public static <T> List<T> await(Multi<T> multi) {
        return await(multi.collect().asList());
    }
}
