package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.LeasesContract;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.OnEachAws;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A real table passes the contract test of leases. */
@OnEachAws
@Tag("aws")
class DynamoDbLeasesTest extends LeasesContract {

    private static final String UNTIL = "2026-11-23T09:13:00.500000Z";
    private static final String DONE = "2026-11-23T09:00:00.000000Z";

    private final String shard = "share-" + UUID.randomUUID();
    private final Leases leases = leases("one");

    @Override
    public Leases leases(String holder) {
        return new DynamoDbLeases(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table(), holder);
    }

    @Test
    void what_an_earlier_version_has_taken_is_read_and_taken_over() {
        // Given
        put(Map.of("holder", "old", "takenUntil", UNTIL, "doneAt", DONE));

        // When
        Lease seen = lease();

        // Then
        assertThat(seen)
                .isEqualTo(new Lease(
                        0,
                        Optional.of("old"),
                        Optional.of(Instant.parse(UNTIL)),
                        Optional.of(Instant.parse(DONE)),
                        Duration.ZERO));
        assertThat(take(seen)).isTrue();
        assertThat(lease().version()).isOne();
    }

    @Test
    void what_an_earlier_version_has_done_is_read_and_taken() {
        // Given
        put(Map.of("doneAt", DONE));

        // Then
        assertThat(lease().isFree()).isTrue();
        assertThat(lease().doneAt()).contains(Instant.parse(DONE));
        assertThat(take(lease())).isTrue();
    }

    @Test
    void what_an_earlier_version_has_kept_meanwhile_is_not_taken() {
        // Given
        put(Map.of("holder", "old", "takenUntil", UNTIL));
        Lease seen = lease();

        // When
        put(Map.of("holder", "old", "takenUntil", "2026-11-23T09:16:20.500000Z"));

        // Then
        assertThat(take(seen)).isFalse();
    }

    private boolean take(Lease seen) {
        return await(leases.take(shard, seen, Instant.parse(UNTIL)));
    }

    private Lease lease() {
        return await(leases.all(List.of(shard))).getOrDefault(shard, Lease.UNKNOWN);
    }

    /** Writes an item as earlier versions did. */
    private void put(Map<String, String> attributes) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("pk", AttributeValue.fromS("resync#" + shard));
        item.put("sk", AttributeValue.fromS("lease"));
        attributes.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
        AwsTestClients.DYNAMO_DB
                .putItem(r -> r.tableName(SharedTable.SHARED.table()).item(item))
                .join();
    }
}
