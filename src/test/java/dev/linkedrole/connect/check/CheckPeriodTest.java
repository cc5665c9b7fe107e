package dev.linkedrole.connect.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.testing.Defaults;
import java.time.Duration;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Tests of how instances are spread over a period. */
class CheckPeriodTest {

    private static final CheckPeriod DAY = new CheckPeriod(Duration.ofDays(1));
    private static final ReadScope SCOPE = new InstanceComparison(Defaults.CATALOG).scope();

    @Test
    void the_goal_grows_evenly_and_comes_to_all_before_the_period_ends() {
        long[] goals = LongStream.rangeClosed(0, 9)
                .map(tenth ->
                        DAY.goal(800, Duration.ofHours(24).multipliedBy(tenth).dividedBy(10)))
                .toArray();

        assertThat(goals).startsWith(4, 104, 204, 304, 404, 504, 604, 704, Long.MAX_VALUE);
    }

    @Test
    void few_instances_are_spread_as_well() {
        assertThat(DAY.goal(2, Duration.ZERO)).isOne();
        assertThat(DAY.goal(2, Duration.ofHours(9))).isOne();
        assertThat(DAY.goal(2, Duration.ofHours(10))).isEqualTo(Long.MAX_VALUE);
        assertThat(DAY.goal(0, Duration.ZERO)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void looks_are_neither_too_frequent_nor_too_rare() {
        assertThat(new CheckPeriod(Duration.ofMinutes(1)).look()).isEqualTo(Duration.ofSeconds(15));
        assertThat(new CheckPeriod(Duration.ofHours(1)).look()).isEqualTo(Duration.ofSeconds(90));
        assertThat(new CheckPeriod(Duration.ofDays(31)).look()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void a_period_that_the_rate_makes_too_short_is_told_at_start() {
        assertThat(DAY.warnings(SCOPE)).isEmpty();
        assertThat(new CheckPeriod(Duration.ofMinutes(2)).warnings(SCOPE))
                .singleElement()
                .asString()
                .contains("linked-role.connect.every is short", "only 25 instances");
        assertThat(DAY.warnings(new ReadScope(Set.of(), Set.of(), false, false)))
                .singleElement()
                .asString()
                .contains("no feature of which Amazon Connect is the authority");
    }

    @Test
    void no_period_means_no_check() {
        assertThat(new CheckPeriod(Duration.ZERO).on()).isFalse();
        assertThat(DAY.on()).isTrue();
    }
}
