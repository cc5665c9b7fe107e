package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.role.state.SettingsSnapshot;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The item with the settings of the last start. */
@Tag("aws")
class DynamoDbSettingsTest {

    private final LastSettings settings = new DynamoDbSettings(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table());

    @Test
    void what_was_kept_last_is_what_is_found() {
        // Given
        SettingsSnapshot first = new SettingsSnapshot(new TreeMap<>(Map.of("one", "1", "two", "2")));
        SettingsSnapshot second = SettingsSnapshot.of(Defaults.SETTINGS, Defaults.CATALOG, Map.of());

        // When
        await(settings.save(first, Instant.EPOCH));
        await(settings.save(second, Instant.EPOCH));

        // Then
        assertThat(await(settings.load())).contains(second);
    }
}
