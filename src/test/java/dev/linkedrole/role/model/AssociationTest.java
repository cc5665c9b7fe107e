package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Knowledge of an association, heard of in any order. */
class AssociationTest {

    private static final Instant START = Instance.START;
    private static final Association BEGUN =
            Association.begun("call-recordings", Set.of("arn:aws:s3:::recordings/calls"), START);
    private static final Association ENDED = Association.ended(START.plusSeconds(5));

    @Test
    void its_beginning_and_its_end_are_joined_in_any_order() {
        assertThat(BEGUN.join(ENDED)).isEqualTo(ENDED.join(BEGUN));
        assertThat(BEGUN.join(ENDED).begun()).isEqualTo(BEGUN.begun());
        assertThat(BEGUN.join(ENDED).endedAt()).isEqualTo(ENDED.endedAt());
        assertThat(BEGUN.join(BEGUN)).isEqualTo(BEGUN);
    }

    @Test
    void what_is_known_already_stays() {
        Association other = Association.begun("agent-events", Set.of(), START.plusSeconds(1));
        assertThat(BEGUN.join(other)).isEqualTo(BEGUN);
        assertThat(ENDED.join(Association.ended(START))).isEqualTo(ENDED);
    }

    @Test
    void it_is_disabled_once_both_are_known_and_not_before_its_beginning() {
        assertThat(BEGUN.disabledAt()).isEmpty();
        assertThat(ENDED.disabledAt()).isEmpty();
        assertThat(BEGUN.join(ENDED).disabledAt()).contains(START.plusSeconds(5));
        assertThat(BEGUN.join(Association.ended(START)).disabledAt()).contains(START);
        assertThat(BEGUN.join(Association.ended(START.minusSeconds(1))).disabledAt())
                .contains(START);
    }
}
