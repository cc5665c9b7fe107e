package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.InvalidValueException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import org.junit.jupiter.api.Test;

/** The message of a service that cannot start has a line for each fault. */
class StartFailureTest {

    private static final String NEXT = System.lineSeparator() + "  ";

    @Test
    void each_setting_that_is_wrong_has_a_line_without_the_frameworks_codes() {
        // Given
        Exception invalid = new ConfigValidationException(new Problem[] {
            new Problem("linked-role.table must be the name of a DynamoDB table, not \"t\""),
            new Problem(
                    "java.lang.IllegalArgumentException: SRCFG00039: The config property linked-role.resync.every with the"
                            + " config value \"often\" threw an Exception whilst being converted Invalid duration: often"),
            new Problem(
                    "java.util.NoSuchElementException: SRCFG00014: The config property linked-role.accounts.default.role"
                            + " is required but it could not be found in any config source"),
        });

        // Then
        assertThat(StartFailure.of(new IllegalStateException("Failed to start quarkus", invalid)))
                .isEqualTo(NEXT
                        + String.join(
                                NEXT,
                                "The config property linked-role.accounts.default.role is required but it could not be"
                                        + " found in any config source",
                                "linked-role.resync.every cannot be \"often\": Invalid duration: often",
                                "linked-role.table must be the name of a DynamoDB table, not \"t\""));
    }

    @Test
    void what_does_not_go_together_is_told_without_what_failed_for_that() {
        assertThat(StartFailure.of(new IllegalStateException(
                        "Failed to start application",
                        new InvalidValueException("linked-role.path is not what the mode has"))))
                .isEqualTo(NEXT + "linked-role.path is not what the mode has");
    }

    @Test
    void anything_else_is_told_down_to_its_cause_and_no_word_twice() {
        assertThat(StartFailure.of(new IllegalStateException(
                        "cannot listen: port in use", new IllegalStateException("port in use", new Error("bind")))))
                .isEqualTo("cannot listen: port in use" + System.lineSeparator() + "  because bind");
    }
}
