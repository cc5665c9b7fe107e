package dev.linkedrole.role.packing;

import static dev.linkedrole.role.packing.StatementsOnResources.both;
import static dev.linkedrole.role.packing.StatementsOnResources.exactly;
import static dev.linkedrole.role.packing.StatementsOnResources.first;
import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.policy.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The policy in which each statement is placed, to the last character. */
class PackedSlotsTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final PolicySlot THREE = new PolicySlot(3);

    @Test
    void what_fits_inline_to_the_last_character_is_all_there_wherever_it_was() {
        // Given
        SortedSet<StatementOnResource> all = exactly("a", PolicyDocument.MAX_INLINE_SIZE, 10);

        // When half of it was elsewhere
        PolicyPacking packing = pack(all, Map.of(ONE, first(all, 5)), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(PolicySlot.INLINE, all));
    }

    @Test
    void a_policy_that_is_full_to_the_last_character_keeps_what_it_has() {
        // Given
        SortedSet<StatementOnResource> full = exactly("a", PolicyDocument.MAX_INLINE_SIZE, 10);

        // When there is more
        PolicyPacking packing = pack(both(full, some("b", 1)), Map.of(PolicySlot.INLINE, full), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(PolicySlot.INLINE, full, ONE, some("b", 1)));
    }

    @Test
    void what_was_in_a_policy_that_a_role_may_not_have_any_more_moves() {
        // Given a role that might have three managed policies
        SortedSet<StatementOnResource> inline = exactly("a", 9_000, 10);
        SortedSet<StatementOnResource> third = exactly("b", 6_000, 10);

        // When it may have one
        PolicyPacking packing = pack(both(inline, third), Map.of(PolicySlot.INLINE, inline, THREE, third), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(PolicySlot.INLINE, inline, ONE, third));
        assertThat(packing.moves()).containsExactly(new RepackStep(ONE, third), new RepackStep(THREE, new TreeSet<>()));
    }

    @Test
    void the_last_policy_that_a_role_may_have_keeps_what_it_has() {
        // Given room in the inline policy
        SortedSet<StatementOnResource> inline = exactly("a", 6_000, 10);
        SortedSet<StatementOnResource> last = exactly("b", 5_500, 10);
        SortedSet<StatementOnResource> more = exactly("c", 2_000, 2);

        // When there is more than the last one takes
        PolicyPacking packing = pack(both(both(inline, last), more), Map.of(PolicySlot.INLINE, inline, ONE, last), 1);

        // Then that is where there is room, and nothing else has moved
        assertThat(packing.contents()).isEqualTo(Map.of(PolicySlot.INLINE, both(inline, more), ONE, last));
    }

    @Test
    void a_policy_keeps_no_more_than_it_takes_whatever_is_known_of_it() {
        // Given
        SortedSet<StatementOnResource> all = exactly("a", 12_000, 180);

        // When all of it is said to be in the inline policy
        PolicyPacking packing = pack(all, Map.of(PolicySlot.INLINE, all), 1);

        // Then
        assertThat(packing.charactersOver()).isZero();
        assertThat(packing.contents())
                .hasSize(2)
                .allSatisfy(
                        (slot, content) -> assertThat(PolicyLength.of(content)).isLessThanOrEqualTo(slot.limit()));
    }

    @Test
    void as_many_policies_are_allowed_for_as_there_are_on_the_way_or_in_the_end() {
        assertThat(new PolicyPacking(new TreeMap<>(), List.of(), 0).managedPolicies())
                .isZero();
        assertThat(new PolicyPacking(
                                new TreeMap<>(Map.of(PolicySlot.INLINE, some("a", 1), ONE, some("b", 1))), List.of(), 0)
                        .managedPolicies())
                .isEqualTo(1);
        assertThat(new PolicyPacking(
                                new TreeMap<>(Map.of(ONE, some("b", 1))),
                                List.of(new RepackStep(THREE, some("b", 1)), new RepackStep(THREE, new TreeSet<>())),
                                0)
                        .managedPolicies())
                .isEqualTo(3);
    }

    private static PolicyPacking pack(
            SortedSet<StatementOnResource> desired,
            Map<PolicySlot, SortedSet<StatementOnResource>> known,
            int managed) {
        return PolicyPacking.of(List.copyOf(desired), Placement.of(known), managed);
    }
}
