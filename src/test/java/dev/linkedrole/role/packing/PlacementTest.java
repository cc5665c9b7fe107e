package dev.linkedrole.role.packing;

import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PlacementTest {

    private static final PolicySlot ONE = new PolicySlot(1);

    @Test
    void a_policy_shows_what_it_holds() {
        // Given
        SortedSet<StatementOnResource> content = some("a", 3);

        // Then
        assertThat(Placement.read(Map.of(ONE, Statements.policy(content))))
                .isEqualTo(Placement.of(Map.of(ONE, content)));
    }

    @Test
    void statements_without_a_sid_and_what_is_no_policy_are_none_of_ours() {
        // Given
        String stranger =
                "{'Version':'2012-10-17','Statement':[{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}]}"
                        .replace('\'', '"');

        // Then
        assertThat(Placement.read(Map.of(PolicySlot.INLINE, stranger, ONE, "gone"))
                        .keys())
                .isEqualTo(Map.of(PolicySlot.INLINE, new TreeSet<>(), ONE, new TreeSet<>()));
    }

    @Test
    void what_is_nowhere_here_is_where_another_placement_says() {
        // Given
        Placement here = placement(Map.of(PolicySlot.INLINE, keys("a")));
        Placement there = placement(Map.of(PolicySlot.INLINE, keys("b"), ONE, keys("a", "c")));

        // Then
        assertThat(here.orElse(there)).isEqualTo(placement(Map.of(PolicySlot.INLINE, keys("a", "b"), ONE, keys("c"))));
        assertThat(here.orElse(Placement.NONE)).isEqualTo(here);
    }

    @Test
    void nothing_is_known_of_no_policies() {
        assertThat(Placement.NONE.isEmpty()).isTrue();
        assertThat(placement(Map.of(ONE, keys())).isEmpty()).isFalse();
    }

    private static Placement placement(Map<PolicySlot, SortedSet<String>> keys) {
        return new Placement(new TreeMap<>(keys));
    }

    private static SortedSet<String> keys(String... keys) {
        return new TreeSet<>(List.of(keys));
    }
}
