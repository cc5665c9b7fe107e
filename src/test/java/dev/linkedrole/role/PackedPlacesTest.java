package dev.linkedrole.role;

import static dev.linkedrole.role.Allowances.both;
import static dev.linkedrole.role.Allowances.exactly;
import static dev.linkedrole.role.Allowances.first;
import static dev.linkedrole.role.Allowances.some;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which policy takes what, to the last character. */
class PackedPlacesTest {

    private static final Home ONE = new Home(1);
    private static final Home THREE = new Home(3);

    @Test
    void what_fits_inline_to_the_last_character_is_all_there_wherever_it_was() {
        // Given
        SortedSet<Allowance> all = exactly("a", PolicyDocument.MAX_INLINE_SIZE, 10);

        // When half of it was elsewhere
        Packing packing = pack(all, Map.of(ONE, first(all, 5)), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(Home.INLINE, all));
    }

    @Test
    void a_policy_that_is_full_to_the_last_character_keeps_what_it_has() {
        // Given
        SortedSet<Allowance> full = exactly("a", PolicyDocument.MAX_INLINE_SIZE, 10);

        // When there is more
        Packing packing = pack(both(full, some("b", 1)), Map.of(Home.INLINE, full), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(Home.INLINE, full, ONE, some("b", 1)));
    }

    @Test
    void what_was_in_a_policy_that_a_role_may_not_have_any_more_moves() {
        // Given a role that might have three managed policies
        SortedSet<Allowance> inline = exactly("a", 9_000, 10);
        SortedSet<Allowance> third = exactly("b", 6_000, 10);

        // When it may have one
        Packing packing = pack(both(inline, third), Map.of(Home.INLINE, inline, THREE, third), 1);

        // Then
        assertThat(packing.contents()).isEqualTo(Map.of(Home.INLINE, inline, ONE, third));
        assertThat(packing.moves()).containsExactly(new Move(ONE, third), new Move(THREE, new TreeSet<>()));
    }

    @Test
    void the_last_policy_that_a_role_may_have_keeps_what_it_has() {
        // Given room in the inline policy
        SortedSet<Allowance> inline = exactly("a", 6_000, 10);
        SortedSet<Allowance> last = exactly("b", 5_500, 10);
        SortedSet<Allowance> more = exactly("c", 2_000, 2);

        // When there is more than the last one takes
        Packing packing = pack(both(both(inline, last), more), Map.of(Home.INLINE, inline, ONE, last), 1);

        // Then that is where there is room, and nothing else has moved
        assertThat(packing.contents()).isEqualTo(Map.of(Home.INLINE, both(inline, more), ONE, last));
    }

    @Test
    void a_policy_keeps_no_more_than_it_takes_whatever_is_known_of_it() {
        // Given
        SortedSet<Allowance> all = exactly("a", 12_000, 180);

        // When all of it is said to be in the inline policy
        Packing packing = pack(all, Map.of(Home.INLINE, all), 1);

        // Then
        assertThat(packing.charactersOver()).isZero();
        assertThat(packing.contents())
                .hasSize(2)
                .allSatisfy(
                        (home, content) -> assertThat(PolicyLength.of(content)).isLessThanOrEqualTo(home.limit()));
    }

    @Test
    void as_many_policies_are_allowed_for_as_there_are_on_the_way_or_in_the_end() {
        assertThat(new Packing(new TreeMap<>(), List.of(), 0).managedPolicies()).isZero();
        assertThat(new Packing(new TreeMap<>(Map.of(Home.INLINE, some("a", 1), ONE, some("b", 1))), List.of(), 0)
                        .managedPolicies())
                .isEqualTo(1);
        assertThat(new Packing(
                                new TreeMap<>(Map.of(ONE, some("b", 1))),
                                List.of(new Move(THREE, some("b", 1)), new Move(THREE, new TreeSet<>())),
                                0)
                        .managedPolicies())
                .isEqualTo(3);
    }

    private static Packing pack(SortedSet<Allowance> wanted, Map<Home, SortedSet<Allowance>> known, int managed) {
        return Packing.of(List.copyOf(wanted), Placement.of(known), managed);
    }
}
