package dev.linkedrole.role.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pauses: their scopes, their ends, and which of several counts. */
class PauseTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    private final Instance instance = Instance.random();
    private final Instance other = Instance.randomIn("444455556666");

    @Test
    void a_scope_is_read_from_its_text_and_includes_its_roles_alone() {
        assertThat(PauseScope.of("all").includes(other.arn())).isTrue();
        PauseScope account = PauseScope.of("account/" + Instance.ACCOUNT);
        assertThat(account.includes(instance.arn())).isTrue();
        assertThat(account.includes(other.arn())).isFalse();
        PauseScope role = PauseScope.of("role/" + instance.id());
        assertThat(role.includes(instance.arn())).isTrue();
        assertThat(role.includes(other.arn())).isFalse();
        assertThat(List.of(PauseScope.of("all").text(), account.text(), role.text()))
                .containsExactly("all", "account/" + Instance.ACCOUNT, "role/" + instance.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "everything", "account/123", "role/one", "all/"})
    void any_other_text_is_no_scope(String text) {
        assertThatExceptionOfType(InvalidValueException.class).isThrownBy(() -> PauseScope.of(text));
    }

    @Test
    void a_pause_ends_by_itself() {
        // Given
        Pause pause = all(Duration.ofMinutes(5));

        // Then
        assertThat(pause.inForce(NOW.plusSeconds(299))).isTrue();
        assertThat(pause.inForce(NOW.plusSeconds(300))).isFalse();
    }

    @Test
    void of_several_pauses_of_a_role_the_one_that_ends_last_counts() {
        // Given
        Pause role = Pause.requested(
                PauseScope.of("role/" + instance.id()), "a look", "ann", NOW, NOW.plus(Duration.ofHours(2)));
        Pauses pauses = new Pauses(List.of(all(Duration.ofMinutes(5)), role));

        // Then
        assertThat(pauses.of(instance.arn(), NOW)).contains(role);
        assertThat(pauses.of(other.arn(), NOW)).contains(all(Duration.ofMinutes(5)));
        assertThat(pauses.of(other.arn(), NOW.plusSeconds(300))).isEmpty();
        assertThat(pauses.inForce(NOW.plusSeconds(300))).containsExactly(role);
    }

    @Test
    void the_condition_says_who_paused_the_role_why_and_until_when() {
        // When
        Condition condition = all(Duration.ofMinutes(5)).condition();

        // Then
        assertThat(condition.type()).isEqualTo(Condition.Type.Paused);
        assertThat(condition.since()).isEqualTo(NOW);
        assertThat(condition.detail()).contains("2026-12-01T10:05:00Z", "an audit", "paused by ann");
    }

    @Test
    void a_pause_needs_a_reason_in_one_line() {
        for (String reason : List.of("", " ", "one\ntwo", "x".repeat(501))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> Pause.requested(new PauseScope.All(), reason, "ann", NOW, NOW.plusSeconds(1)))
                    .withMessageContaining("reason");
        }
    }

    @Test
    void a_pause_ends_after_now_and_within_31_days() {
        for (Instant until :
                List.of(NOW, NOW.minusSeconds(1), NOW.plus(Pause.MAX).plusMillis(1))) {
            assertThatExceptionOfType(InvalidValueException.class)
                    .isThrownBy(() -> Pause.requested(new PauseScope.All(), "an audit", "ann", NOW, until))
                    .withMessageContaining("until");
        }
    }

    private static Pause all(Duration length) {
        return Pause.requested(new PauseScope.All(), "an audit", "ann", NOW, NOW.plus(length));
    }
}
