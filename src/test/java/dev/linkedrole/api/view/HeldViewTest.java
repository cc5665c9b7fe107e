package dev.linkedrole.api.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.guard.ChangeCounts;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.state.SettingsChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The JSON view of a held change. */
class HeldViewTest {

    private static final HeldChange CHANGE = new HeldChange(
            "digest",
            Instant.EPOCH,
            List.of(new SettingsChange("linked-role.owner", Optional.of("a"), Optional.of("b"))),
            Optional.empty(),
            true);

    @Test
    void the_numbers_are_absent_until_all_roles_are_compared() {
        // When
        HeldView before = HeldView.of(CHANGE);
        HeldView after = HeldView.of(CHANGE.counted(new ChangeCounts(3, 2, 1)));

        // Then
        assertThat(before.roles()).isNull();
        assertThat(after.roles()).isEqualTo(3);
        assertThat(after.changed()).isEqualTo(2);
        assertThat(after.restricted()).isEqualTo(1);
        assertThat(after.digest()).isEqualTo("digest");
        assertThat(after.why()).singleElement().asString().startsWith("linked-role.owner was a and is b");
    }
}
