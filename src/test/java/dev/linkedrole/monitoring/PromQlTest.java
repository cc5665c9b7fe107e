package dev.linkedrole.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.monitoring.PromQl.LabelMatcher;
import dev.linkedrole.monitoring.PromQl.Selector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading of PromQL expressions. */
class PromQlTest {

    @Test
    void selectors_and_grouping_are_found_and_functions_are_not() {
        PromQl query = PromQl.of(
                "histogram_quantile(0.99, sum by (le, job) (rate(a_bucket{x=\"1\", y=~\"b|c\"}[10m]))) > 300 and on (job) max(d) > 5e3");

        assertThat(query.selectors())
                .containsExactly(
                        new Selector(
                                "a_bucket",
                                List.of(new LabelMatcher("x", "=", "1"), new LabelMatcher("y", "=~", "b|c"))),
                        new Selector("d", List.of()));
        assertThat(query.grouped()).containsExactly("job", "le");
    }

    @Test
    void an_aggregation_may_stand_before_or_after_its_grouping() {
        assertThat(PromQl.of("sum(a) by (b) / on (b) group_left () sum without (c) (d offset 5m)"))
                .isEqualTo(PromQl.of("sum by (b) (a) / ignoring (c) (d)"));
    }
}
