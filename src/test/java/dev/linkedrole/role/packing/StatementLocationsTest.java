package dev.linkedrole.role.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Steps that have to be done before a statement leaves a policy: those that put it into another one. */
class StatementLocationsTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final PolicySlot TWO = new PolicySlot(2);

    private static final SortedSet<StatementOnResource> STATEMENT = StatementsOnResources.some("a", 1);
    private static final String KEY = STATEMENT.first().key();

    @Test
    void what_is_nowhere_else_needs_the_step_that_writes_it_elsewhere() {
        // Given
        StatementLocations locations = desired(Map.of(PolicySlot.INLINE, Set.of(KEY)));

        // When
        locations.written(ONE, Set.of(KEY), Set.of(7));

        // Then
        assertThat(locations.neededFor(PolicySlot.INLINE, Set.of())).containsExactly(7);
    }

    @Test
    void what_always_was_in_another_policy_as_well_needs_nothing() {
        // Given one policy that is written and one that had it before, in either order
        StatementLocations first = desired(everywhere());
        StatementLocations second = desired(everywhere());

        // When
        first.written(ONE, Set.of(KEY), Set.of(7));
        second.written(TWO, Set.of(KEY), Set.of(7));

        // Then
        assertThat(first.neededFor(PolicySlot.INLINE, Set.of())).isEmpty();
        assertThat(second.neededFor(PolicySlot.INLINE, Set.of())).isEmpty();
    }

    @Test
    void what_stays_or_is_not_desired_needs_nothing() {
        // Given
        StatementLocations locations = desired(Map.of(PolicySlot.INLINE, Set.of(KEY, "stranger")));

        // When
        locations.written(ONE, Set.of(KEY, "stranger"), Set.of(7));

        // Then
        assertThat(locations.neededFor(PolicySlot.INLINE, Set.of(KEY))).isEmpty();
    }

    private static Map<PolicySlot, Set<String>> everywhere() {
        return Map.of(PolicySlot.INLINE, Set.of(KEY), ONE, Set.of(KEY), TWO, Set.of(KEY));
    }

    /** The locations of a role that is to have the one statement. */
    private static StatementLocations desired(Map<PolicySlot, Set<String>> known) {
        TreeMap<PolicySlot, SortedSet<String>> keys = new TreeMap<>();
        known.forEach((slot, here) -> keys.put(slot, new TreeSet<>(here)));
        return new StatementLocations(
                new PolicyPacking(new TreeMap<>(Map.of(ONE, STATEMENT)), List.of(), 0, new Placement(keys)));
    }
}
