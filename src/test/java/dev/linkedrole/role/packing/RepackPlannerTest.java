package dev.linkedrole.role.packing;

import static dev.linkedrole.role.packing.StatementsOnResources.both;
import static dev.linkedrole.role.packing.StatementsOnResources.exactly;
import static dev.linkedrole.role.packing.StatementsOnResources.first;
import static dev.linkedrole.role.packing.StatementsOnResources.full;
import static dev.linkedrole.role.packing.StatementsOnResources.last;
import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order of policy writes if statements move from one policy to another. */
class RepackPlannerTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final PolicySlot TWO = new PolicySlot(2);
    private static final PolicySlot THREE = new PolicySlot(3);

    @Test
    void what_has_no_place_yet_is_written_at_once() {
        assertThat(moves(Map.of(PolicySlot.INLINE, some("a", 3)), Map.of(PolicySlot.INLINE, some("a", 4)), 1))
                .containsExactly(new RepackStep(PolicySlot.INLINE, some("a", 4)));
    }

    @Test
    void what_moves_is_in_its_new_place_before_it_leaves_the_old_one() {
        // Given all of the one policy that is to be in the other
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> now =
                new TreeMap<>(Map.of(PolicySlot.INLINE, some("a", 3), ONE, some("b", 3)));
        SortedMap<PolicySlot, SortedSet<StatementOnResource>> then =
                new TreeMap<>(Map.of(PolicySlot.INLINE, both(some("a", 3), some("b", 3))));

        // Then
        assertThat(moves(now, then, 1))
                .containsExactly(
                        new RepackStep(PolicySlot.INLINE, both(some("a", 3), some("b", 3))),
                        new RepackStep(ONE, new TreeSet<>()));
    }

    @Test
    void policies_that_change_places_hold_some_of_it_twice_for_a_while() {
        // Given two that have room for both
        Map<PolicySlot, SortedSet<StatementOnResource>> now = Map.of(ONE, some("a", 3), TWO, some("b", 3));
        Map<PolicySlot, SortedSet<StatementOnResource>> then = Map.of(ONE, some("b", 3), TWO, some("a", 3));

        // Then
        assertThat(moves(now, then, 2))
                .containsExactly(
                        new RepackStep(ONE, both(some("a", 3), some("b", 3))),
                        new RepackStep(TWO, some("a", 3)),
                        new RepackStep(ONE, some("b", 3)));
    }

    @Test
    void full_policies_that_swap_statements_need_a_third_one_meanwhile() {
        // Given two that are full
        SortedSet<StatementOnResource> a = full("a");
        SortedSet<StatementOnResource> b = full("b");
        Map<PolicySlot, SortedSet<StatementOnResource>> now = Map.of(ONE, a, TWO, b);
        Map<PolicySlot, SortedSet<StatementOnResource>> then = Map.of(ONE, b, TWO, a);

        // When there may be a third
        List<RepackStep> moves = moves(now, then, 3);

        // Then nothing is missing at any time, and in the end the third has gone
        assertNothingMissing(now, moves, both(a, b));
        assertThat(moves).contains(new RepackStep(THREE, new TreeSet<>()));

        // And if there may not be one, there is no way
        assertThat(RepackPlanner.of(Placement.of(now), then, 2)).isEmpty();
    }

    @Test
    void what_is_held_twice_is_held_once_in_the_end() {
        Map<PolicySlot, SortedSet<StatementOnResource>> now =
                Map.of(PolicySlot.INLINE, some("a", 4), ONE, some("a", 2));

        assertThat(moves(now, Map.of(PolicySlot.INLINE, some("a", 4)), 1))
                .containsExactly(new RepackStep(ONE, new TreeSet<>()));
    }

    @Test
    void what_is_packed_so_badly_that_no_more_fits_is_packed_anew() {
        // Given two long statements of both of which each policy has a part, and no room for a third
        SortedSet<StatementOnResource> a = some("A", 126);
        SortedSet<StatementOnResource> b = some("B", 126);
        Map<PolicySlot, SortedSet<StatementOnResource>> now = new TreeMap<>();
        now.put(PolicySlot.INLINE, both(first(a, 85), first(b, 85)));
        now.put(ONE, both(last(a, 41), last(b, 41)));
        assertThat(now)
                .allSatisfy((slot, content) ->
                        assertThat(PolicyLength.of(both(content, some("C", 1)))).isGreaterThan(slot.limit()));

        // When there comes a third
        SortedSet<StatementOnResource> desired = both(both(a, b), some("C", 1));
        PolicyPacking packing = PolicyPacking.of(List.copyOf(desired), Placement.of(now), 1);

        // Then
        assertThat(packing.charactersOver()).isZero();
        assertThat(packing.moves()).hasSizeGreaterThan(1);
        assertNothingMissing(now, packing.moves(), both(a, b));
        SortedSet<StatementOnResource> packed = new TreeSet<>();
        packing.contents().values().forEach(content -> packed.addAll(content));
        assertThat(packed).isEqualTo(desired);
    }

    @Test
    void what_grows_is_written_before_what_is_given_up() {
        // Given a policy of which all is elsewhere too, and one that is to take more
        SortedSet<StatementOnResource> more = both(some("b", 3), some("c", 1));

        // Then
        assertThat(moves(
                        Map.of(PolicySlot.INLINE, some("a", 3), ONE, some("a", 2), TWO, some("b", 3)),
                        Map.of(PolicySlot.INLINE, some("a", 3), TWO, more),
                        2))
                .containsExactly(new RepackStep(TWO, more), new RepackStep(ONE, new TreeSet<>()));
    }

    @Test
    void a_policy_is_not_given_up_before_all_of_it_is_in_place() {
        // Given two that change places, the one of which is to take in a third as well
        SortedSet<StatementOnResource> inline = both(some("b", 3), some("d", 3));

        // Then
        assertThat(moves(
                        Map.of(PolicySlot.INLINE, some("a", 3), ONE, some("b", 3), TWO, some("d", 3)),
                        Map.of(PolicySlot.INLINE, inline, ONE, some("a", 3)),
                        2))
                .containsExactly(
                        new RepackStep(PolicySlot.INLINE, both(some("a", 3), inline)),
                        new RepackStep(ONE, some("a", 3)),
                        new RepackStep(PolicySlot.INLINE, inline),
                        new RepackStep(TWO, new TreeSet<>()));
    }

    @Test
    void of_full_policies_the_one_with_the_least_in_the_way_waits_elsewhere() {
        // Given one with many short resources and one with few long ones, both full to the last character
        SortedSet<StatementOnResource> many = exactly("a", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<StatementOnResource> few = exactly("b", PolicyDocument.MAX_MANAGED_SIZE, 5);

        // Then
        assertThat(moves(Map.of(ONE, many, TWO, few), Map.of(ONE, few, TWO, many), 3))
                .containsExactly(
                        new RepackStep(THREE, few),
                        new RepackStep(TWO, many),
                        new RepackStep(ONE, few),
                        new RepackStep(THREE, new TreeSet<>()));
    }

    @Test
    void what_is_given_up_does_not_wait_elsewhere() {
        // Given two full ones that change places, the one of which is to take in a third that holds next to nothing
        SortedSet<StatementOnResource> a = exactly("a", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<StatementOnResource> all = exactly("b", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<StatementOnResource> little = first(all, 1);
        SortedSet<StatementOnResource> b = last(all, 19);

        // Then one more policy is enough
        assertThat(moves(Map.of(ONE, a, TWO, b, THREE, little), Map.of(ONE, all, TWO, a), 4))
                .containsExactly(
                        new RepackStep(new PolicySlot(4), b),
                        new RepackStep(TWO, a),
                        new RepackStep(ONE, all),
                        new RepackStep(THREE, new TreeSet<>()),
                        new RepackStep(new PolicySlot(4), new TreeSet<>()));
    }

    private static List<RepackStep> moves(
            Map<PolicySlot, SortedSet<StatementOnResource>> now,
            Map<PolicySlot, SortedSet<StatementOnResource>> then,
            int managed) {
        List<RepackStep> moves =
                RepackPlanner.of(Placement.of(now), then, managed).orElseThrow();
        SortedSet<StatementOnResource> staying = new TreeSet<>();
        now.values().forEach(content -> staying.addAll(content));
        SortedSet<StatementOnResource> desired = new TreeSet<>();
        then.values().forEach(content -> desired.addAll(content));
        staying.retainAll(desired);
        assertNothingMissing(now, moves, staying);
        return moves;
    }

    private static void assertNothingMissing(
            Map<PolicySlot, SortedSet<StatementOnResource>> now,
            List<RepackStep> moves,
            Collection<StatementOnResource> staying) {
        Map<PolicySlot, SortedSet<StatementOnResource>> contents = new TreeMap<>(now);
        moves.forEach(move -> {
            contents.put(move.slot(), move.content());
            assertThat(PolicyLength.of(move.content()))
                    .isLessThanOrEqualTo(move.slot().limit());
            assertThat(contents.values().stream().flatMap(Collection::stream)).containsAll(staying);
        });
    }
}
