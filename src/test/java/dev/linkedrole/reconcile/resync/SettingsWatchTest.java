package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.LastSettings;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.role.state.SettingsChange;
import dev.linkedrole.role.state.SettingsSnapshot;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A start with other settings than the last one. */
class SettingsWatchTest {

    private static final SettingsSnapshot DEFAULTS = SettingsSnapshot.of(Defaults.SETTINGS, Defaults.CATALOG, Map.of());
    private static final SettingsSnapshot OTHERS = SettingsSnapshot.of(
            new RoleSettings("Acme_", Defaults.SETTINGS.path(), Optional.empty(), Defaults.SETTINGS.owner()),
            Defaults.CATALOG,
            Map.of());

    private final Kept kept = new Kept();

    @Test
    void the_first_start_has_nothing_to_compare_with() {
        try (LogLines log = LogLines.of(SettingsWatch.class)) {
            assertThat(start(DEFAULTS)).isEmpty();
            assertThat(kept.last).contains(DEFAULTS);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void a_setting_that_changed_is_one_line_and_is_told_once() {
        try (LogLines log = LogLines.of(SettingsWatch.class)) {
            // Given
            start(DEFAULTS);

            // When
            List<SettingsChange> changes = start(OTHERS);

            // Then
            assertThat(changes).extracting(SettingsChange::setting).containsExactly("linked-role.name-prefix");
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("WARN", "linked-role.name-prefix was AWSServiceRoleForAmazonConnect_ and is Acme_: ");

            // And then
            assertThat(start(OTHERS)).isEmpty();
            assertThat(log.lines()).hasSize(1);
        }
    }

    @Test
    void a_store_that_is_away_for_a_moment_is_asked_again() {
        // Given
        kept.failures = 1;

        // Then
        assertThat(start(DEFAULTS)).isEmpty();
        assertThat(kept.last).contains(DEFAULTS);
    }

    @Test
    void a_store_that_stays_away_is_one_line_without_a_stack() {
        // Given
        kept.failures = Integer.MAX_VALUE;
        ManualTime time = new ManualTime();

        try (LogLines log = LogLines.of(SettingsWatch.class)) {
            // When
            new SettingsWatch(kept, DEFAULTS, time, time.retry(1))
                    .compare()
                    .subscribe()
                    .with(changes -> {}, expected -> {});
            time.pass(Duration.ofHours(1));

            // Then
            assertThat(log.lines())
                    .containsExactly(
                            "WARN The settings could not be compared with those of the last start: Connection refused");
            assertThat(log.stacks()).isZero();
        }
    }

    private List<SettingsChange> start(SettingsSnapshot now) {
        return await(new SettingsWatch(kept, now, InstantSource.system(), Retry.inRealTime()).compare());
    }

    /** Settings stored in memory. */
    private static final class Kept implements LastSettings {

        private Optional<SettingsSnapshot> last = Optional.empty();
        private int failures;

        @Override
        public Uni<Optional<SettingsSnapshot>> load() {
            return failures-- > 0
                    ? Uni.createFrom()
                            .failure(SdkClientException.create(
                                    "Unable to execute HTTP request", new ConnectException("Connection refused")))
                    : Uni.createFrom().item(last);
        }

        @Override
        public Uni<Void> save(SettingsSnapshot settings, Instant at) {
            last = Optional.of(settings);
            return Uni.createFrom().voidItem();
        }
    }
}
