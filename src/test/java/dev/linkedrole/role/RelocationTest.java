package dev.linkedrole.role;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/** The order in which policies are written where something has to move from one to another. */
class RelocationTest {

    private static final Home ONE = new Home(1);
    private static final Home TWO = new Home(2);

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
        assertThat(moves).contains(new Move(new Home(3), new TreeSet<>()));

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

    /** Some of one statement, which has twenty actions. */
    private static SortedSet<Allowance> some(String name, int many) {
        List<String> actions = IntStream.range(0, 20)
                .mapToObj(i -> "connect-campaigns:SomeOfTheActions" + i)
                .toList();
        StatementTemplate statement = new StatementTemplate(name, IamEffect.ALLOW, actions, List.of(), new TreeMap<>());
        SortedSet<Allowance> some = new TreeSet<>();
        IntStream.range(0, many)
                .mapToObj(i ->
                        new Allowance(statement, "arn:aws:lex:us-west-2:111122223333:bot:%s%04d".formatted(name, i)))
                .forEach(allowance -> some.add(allowance));
        return some;
    }

    private static SortedSet<Allowance> first(SortedSet<Allowance> all, int many) {
        return all.stream().limit(many).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<Allowance> last(SortedSet<Allowance> all, int many) {
        return all.stream().skip(all.size() - many).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As many as a managed policy takes. */
    private static SortedSet<Allowance> full(String name) {
        int many = 1;
        while (PolicyLength.of(some(name, many + 1)) <= PolicyDocument.MAX_MANAGED_SIZE) {
            many++;
        }
        return some(name, many);
    }

    private static SortedSet<Allowance> both(SortedSet<Allowance> some, SortedSet<Allowance> more) {
        SortedSet<Allowance> both = new TreeSet<>();
        Stream.of(some, more).forEach(content -> both.addAll(content));
        return both;
    }
}
