package dev.linkedrole.outcome;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.LogLines;
import org.junit.jupiter.api.Test;

/** A misspelt target is detected before the first outcome and reported once. */
class TargetProbeTest {

    private final RecordingPublisher target = new RecordingPublisher();
    private final TargetProbe presence = new TargetProbe(target, "arn:aws:sns:us-west-2:111122223333:outcomes");

    @Test
    void a_target_that_does_not_exist_is_told_of_once_and_again_when_it_does() {
        try (LogLines log = LogLines.of(TargetProbe.class)) {
            // Given
            target.exist(false);

            // When
            await(presence.look());
            await(presence.look());

            // Then
            assertThat(presence.isMissing()).isTrue();
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("arn:aws:sns:us-west-2:111122223333:outcomes", "does not exist");

            // And once it is there
            target.exist(true);
            await(presence.look());
            assertThat(presence.isMissing()).isFalse();
            assertThat(log.lines()).hasSize(2).last().asString().startsWith("INFO");
        }
    }

    @Test
    void what_was_there_once_is_not_looked_for_again() {
        // Given
        await(presence.look());

        // When
        target.exist(false);
        await(presence.look());

        // Then
        assertThat(presence.isMissing()).isFalse();
    }

    @Test
    void where_nobody_may_ask_nothing_is_said() {
        // Given
        target.fail(true);

        // When
        await(presence.look());

        // Then
        assertThat(presence.isMissing()).isFalse();
    }
}
