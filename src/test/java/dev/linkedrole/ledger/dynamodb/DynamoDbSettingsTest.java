package dev.linkedrole.ledger.dynamodb;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.ledger.AcceptedSettingsStore;
import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.role.guard.Acceptance;
import dev.linkedrole.role.guard.AcceptedSettings;
import dev.linkedrole.role.guard.RoleRules;
import dev.linkedrole.role.state.LeaveAlone;
import dev.linkedrole.role.state.SettingsSnapshot;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Test
    void accepted_settings_are_replaced_only_in_place_of_those_expected() {
        // Given
        AcceptedSettingsStore accepted =
                new DynamoDbAcceptedSettings(AwsTestClients.DYNAMO_DB, SharedTable.SHARED.table());
        AcceptedSettings known = new RoleRules(
                        Defaults.CATALOG, Defaults.SETTINGS.leaving(LeaveAlone.of(List.of("audit-*"))))
                .accepted(CatalogFile.text("amazon-connect"));
        AcceptedSettings unknown =
                new AcceptedSettings(Optional.empty(), Optional.empty(), Optional.of("arn:b"), List.of());
        Optional<String> before = await(accepted.load()).map(Acceptance::digest);
        Acceptance first = Acceptance.atStart(known, Instant.EPOCH);
        Acceptance second = Acceptance.byRelease(unknown, Instant.EPOCH, "ann", "digest");

        // Then
        assertThat(await(accepted.replace(Optional.of("another"), first))).isFalse();
        assertThat(await(accepted.replace(before, first))).isTrue();
        assertThat(await(accepted.load())).contains(first);
        assertThat(await(accepted.replace(Optional.empty(), second))).isFalse();
        assertThat(await(accepted.replace(Optional.of(first.digest()), second))).isTrue();
        assertThat(await(accepted.load())).contains(second);
    }
}
