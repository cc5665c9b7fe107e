package dev.linkedrole.role;

import static dev.linkedrole.role.Allowances.both;
import static dev.linkedrole.role.Allowances.exactly;
import static dev.linkedrole.role.Allowances.first;
import static dev.linkedrole.role.Allowances.full;
import static dev.linkedrole.role.Allowances.last;
import static dev.linkedrole.role.Allowances.some;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order in which policies are written where something has to move from one to another. */
class RelocationTest {

    private static final Home ONE = new Home(1);
    private static final Home TWO = new Home(2);
    private static final Home THREE = new Home(3);

    @Test
    void what_has_no_place_yet_is_written_at_once() {
        assertThat(moves(Map.of(Home.INLINE, some("a", 3)), Map.of(Home.INLINE, some("a", 4)), 1))
                .containsExactly(new Move(Home.INLINE, some("a", 4)));
    }

    @Test
    void what_moves_is_in_its_new_place_before_it_leaves_the_old_one() {
        // Given all of the one policy that is to be in the other
        SortedMap<Home, SortedSet<Allowance>> now = new TreeMap<>(Map.of(Home.INLINE, some("a", 3), ONE, some("b", 3)));
        SortedMap<Home, SortedSet<Allowance>> then =
                new TreeMap<>(Map.of(Home.INLINE, both(some("a", 3), some("b", 3))));

        // Then
        assertThat(moves(now, then, 1))
                .containsExactly(
                        new Move(Home.INLINE, both(some("a", 3), some("b", 3))), new Move(ONE, new TreeSet<>()));
    }

    @Test
    void policies_that_change_places_hold_some_of_it_twice_for_a_while() {
        // Given two that have room for both
        Map<Home, SortedSet<Allowance>> now = Map.of(ONE, some("a", 3), TWO, some("b", 3));
        Map<Home, SortedSet<Allowance>> then = Map.of(ONE, some("b", 3), TWO, some("a", 3));

        // Then
        assertThat(moves(now, then, 2))
                .containsExactly(
                        new Move(ONE, both(some("a", 3), some("b", 3))),
                        new Move(TWO, some("a", 3)),
                        new Move(ONE, some("b", 3)));
    }

    @Test
    void policies_without_room_that_change_places_need_another_one_in_which_to_wait() {
        // Given two that are full
        SortedSet<Allowance> a = full("a");
        SortedSet<Allowance> b = full("b");
        Map<Home, SortedSet<Allowance>> now = Map.of(ONE, a, TWO, b);
        Map<Home, SortedSet<Allowance>> then = Map.of(ONE, b, TWO, a);

        // When there may be a third
        List<Move> moves = moves(now, then, 3);

        // Then nothing is missing at any time, and in the end the third has gone
        assertNothingMissing(now, moves, both(a, b));
        assertThat(moves).contains(new Move(THREE, new TreeSet<>()));

        // And if there may not be one, there is no way
        assertThat(Relocation.of(Placement.of(now), then, 2)).isEmpty();
    }

    @Test
    void what_is_held_twice_is_held_once_in_the_end() {
        Map<Home, SortedSet<Allowance>> now = Map.of(Home.INLINE, some("a", 4), ONE, some("a", 2));

        assertThat(moves(now, Map.of(Home.INLINE, some("a", 4)), 1)).containsExactly(new Move(ONE, new TreeSet<>()));
    }

    @Test
    void what_is_packed_so_badly_that_no_more_fits_is_packed_anew() {
        // Given two long statements of both of which each policy has a part, and no room for a third
        SortedSet<Allowance> a = some("A", 126);
        SortedSet<Allowance> b = some("B", 126);
        Map<Home, SortedSet<Allowance>> now = new TreeMap<>();
        now.put(Home.INLINE, both(first(a, 85), first(b, 85)));
        now.put(ONE, both(last(a, 41), last(b, 41)));
        assertThat(now)
                .allSatisfy((home, content) ->
                        assertThat(PolicyLength.of(both(content, some("C", 1)))).isGreaterThan(home.limit()));

        // When there comes a third
        SortedSet<Allowance> wanted = both(both(a, b), some("C", 1));
        Packing packing = Packing.of(List.copyOf(wanted), Placement.of(now), 1);

        // Then
        assertThat(packing.charactersOver()).isZero();
        assertThat(packing.moves()).hasSizeGreaterThan(1);
        assertNothingMissing(now, packing.moves(), both(a, b));
        SortedSet<Allowance> packed = new TreeSet<>();
        packing.contents().values().forEach(content -> packed.addAll(content));
        assertThat(packed).isEqualTo(wanted);
    }

    @Test
    void what_grows_is_written_before_what_is_given_up() {
        // Given a policy of which all is elsewhere too, and one that is to take more
        SortedSet<Allowance> more = both(some("b", 3), some("c", 1));

        // Then
        assertThat(moves(
                        Map.of(Home.INLINE, some("a", 3), ONE, some("a", 2), TWO, some("b", 3)),
                        Map.of(Home.INLINE, some("a", 3), TWO, more),
                        2))
                .containsExactly(new Move(TWO, more), new Move(ONE, new TreeSet<>()));
    }

    @Test
    void a_policy_is_not_given_up_before_all_of_it_is_in_place() {
        // Given two that change places, the one of which is to take in a third as well
        SortedSet<Allowance> inline = both(some("b", 3), some("d", 3));

        // Then
        assertThat(moves(
                        Map.of(Home.INLINE, some("a", 3), ONE, some("b", 3), TWO, some("d", 3)),
                        Map.of(Home.INLINE, inline, ONE, some("a", 3)),
                        2))
                .containsExactly(
                        new Move(Home.INLINE, both(some("a", 3), inline)),
                        new Move(ONE, some("a", 3)),
                        new Move(Home.INLINE, inline),
                        new Move(TWO, new TreeSet<>()));
    }

    @Test
    void of_full_policies_the_one_with_the_least_in_the_way_waits_elsewhere() {
        // Given one with many short resources and one with few long ones, both full to the last character
        SortedSet<Allowance> many = exactly("a", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<Allowance> few = exactly("b", PolicyDocument.MAX_MANAGED_SIZE, 5);

        // Then
        assertThat(moves(Map.of(ONE, many, TWO, few), Map.of(ONE, few, TWO, many), 3))
                .containsExactly(
                        new Move(THREE, few),
                        new Move(TWO, many),
                        new Move(ONE, few),
                        new Move(THREE, new TreeSet<>()));
    }

    @Test
    void what_is_given_up_does_not_wait_elsewhere() {
        // Given two full ones that change places, the one of which is to take in a third that holds next to nothing
        SortedSet<Allowance> a = exactly("a", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<Allowance> all = exactly("b", PolicyDocument.MAX_MANAGED_SIZE, 20);
        SortedSet<Allowance> little = first(all, 1);
        SortedSet<Allowance> b = last(all, 19);

        // Then one more policy is enough
        assertThat(moves(Map.of(ONE, a, TWO, b, THREE, little), Map.of(ONE, all, TWO, a), 4))
                .containsExactly(
                        new Move(new Home(4), b),
                        new Move(TWO, a),
                        new Move(ONE, all),
                        new Move(THREE, new TreeSet<>()),
                        new Move(new Home(4), new TreeSet<>()));
    }

    private static List<Move> moves(
            Map<Home, SortedSet<Allowance>> now, Map<Home, SortedSet<Allowance>> then, int managed) {
        List<Move> moves = Relocation.of(Placement.of(now), then, managed).orElseThrow();
        SortedSet<Allowance> staying = new TreeSet<>();
        now.values().forEach(content -> staying.addAll(content));
        SortedSet<Allowance> wanted = new TreeSet<>();
        then.values().forEach(content -> wanted.addAll(content));
        staying.retainAll(wanted);
        assertNothingMissing(now, moves, staying);
        return moves;
    }

    private static void assertNothingMissing(
            Map<Home, SortedSet<Allowance>> now, List<Move> moves, Collection<Allowance> staying) {
        Map<Home, SortedSet<Allowance>> contents = new TreeMap<>(now);
        moves.forEach(move -> {
            contents.put(move.home(), move.content());
            assertThat(PolicyLength.of(move.content()))
                    .isLessThanOrEqualTo(move.home().limit());
            assertThat(contents.values().stream().flatMap(Collection::stream)).containsAll(staying);
        });
    }
}
