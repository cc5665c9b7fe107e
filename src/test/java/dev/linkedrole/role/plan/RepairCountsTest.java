package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Counting of successive repairs. */
class RepairCountsTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration SHOWN_AFTER = Duration.ofMinutes(1);

    @Test
    void a_component_is_contested_after_enough_in_a_row_and_not_before() {
        assertThat(rounds(RepairCounts.CONTESTED_AFTER - 1, "tags").condition()).isEmpty();
        assertThat(rounds(RepairCounts.CONTESTED_AFTER, "tags").condition()).hasValueSatisfying(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.Contested);
            assertThat(condition.since()).isEqualTo(START);
            assertThat(condition.detail()).contains("tags (since 2026-11-23T09:00:00Z)");
        });
    }

    @Test
    void one_that_is_right_begins_anew_while_others_go_on() {
        // Given
        RepairCounts both = rounds(RepairCounts.CONTESTED_AFTER - 1, "tags", "trust");

        // When
        RepairCounts after = after(after(both, 10, "tags"), 11, "tags", "trust");

        // Then
        assertThat(after.contest(drift("tags"))).isTrue();
        assertThat(after.contest(drift("tags", "trust"))).isFalse();
        assertThat(after.contest(drift())).isFalse();
        assertThat(after.runs())
                .hasEntrySatisfying("trust", run -> assertThat(run.count()).isOne());
    }

    @Test
    void what_is_found_within_the_lag_of_a_repair_is_no_new_one() {
        // Given
        RepairCounts once = RepairCounts.NONE.after(drift("tags"), START, SHOWN_AFTER);

        // Then
        assertThat(once.after(drift("tags"), START.plusSeconds(60), SHOWN_AFTER))
                .isEqualTo(once);
        assertThat(once.after(drift("tags"), START.plusSeconds(61), SHOWN_AFTER).runs())
                .hasEntrySatisfying("tags", run -> assertThat(run.count()).isEqualTo(2));
        assertThat(once.after(drift(), START.plusSeconds(1), SHOWN_AFTER)).isEqualTo(RepairCounts.NONE);
    }

    @Test
    void neither_the_count_nor_the_detail_grows_for_ever() {
        // When
        String[] many = IntStream.range(0, 20).mapToObj(i -> "inline:p" + i).toArray(String[]::new);
        RepairCounts longAgo = rounds(1_000, many);

        // Then
        assertThat(longAgo.runs().values())
                .allSatisfy(run -> assertThat(run.count()).isEqualTo(RepairCounts.CONTESTED_AFTER));
        assertThat(longAgo.condition())
                .hasValueSatisfying(condition ->
                        assertThat(condition.detail()).contains("and 15 more").hasSizeLessThan(1_000));
    }

    @Test
    void as_many_components_as_one_reads_at_once_are_all_named() {
        String[] five = {"boundary", "description", "inline:p", "tags", "trust"};
        assertThat(rounds(RepairCounts.CONTESTED_AFTER, five).condition())
                .hasValueSatisfying(condition ->
                        assertThat(condition.detail()).contains(five).doesNotContain("more. "));
    }

    private static RepairCounts rounds(int many, String... components) {
        RepairCounts repairs = RepairCounts.NONE;
        for (int round = 0; round < many; round++) {
            repairs = after(repairs, round, components);
        }
        return repairs;
    }

    private static RepairCounts after(RepairCounts before, int round, String... components) {
        return before.after(drift(components), START.plus(Duration.ofMinutes(10L * round)), SHOWN_AFTER);
    }

    private static Collection<Difference> drift(String... components) {
        return Stream.of(components)
                .map(component -> new Difference(component, Difference.Kind.OTHER, List.of(), List.of()))
                .toList();
    }
}
