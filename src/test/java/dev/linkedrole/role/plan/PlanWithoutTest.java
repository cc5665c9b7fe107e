package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Plans from which some steps are taken, and with them all that need those. */
class PlanWithoutTest {

    private static final Step A = new Step.DetachPolicy("a");
    private static final Step B = new Step.DetachPolicy("b");
    private static final Step C = new Step.DetachPolicy("c");
    private static final Step D = new Step.DetachPolicy("d");
    private static final List<Step> ALL = List.of(A, B, C, D);

    /** The second needs the first, and the last needs the second and the third. */
    private static final Plan PLAN = new Plan(ALL, List.of(Set.of(), Set.of(0), Set.of(), Set.of(1, 2)));

    @Test
    void a_plan_without_nothing_is_the_same() {
        assertThat(PLAN.without(List.of())).isEqualTo(PLAN);
        assertThat(PLAN.without(List.of(new Step.DeleteRole()))).isEqualTo(PLAN);
    }

    @Test
    void a_step_goes_with_those_that_need_it_directly_or_not() {
        assertThat(PLAN.without(List.of(A))).isEqualTo(new Plan(List.of(C)));
        assertThat(PLAN.without(List.of(C))).isEqualTo(new Plan(List.of(A, B), List.of(Set.of(), Set.of(0))));
        assertThat(PLAN.without(ALL)).isEqualTo(new Plan(List.of()));
    }

    @Test
    void steps_that_stay_need_the_same_steps_in_their_new_places() {
        // Given a first step that nothing needs
        Plan plan = new Plan(ALL, List.of(Set.of(), Set.of(), Set.of(1), Set.of(1, 2)));

        // Then
        assertThat(plan.without(List.of(A)))
                .isEqualTo(new Plan(List.of(B, C, D), List.of(Set.of(), Set.of(0), Set.of(0, 1))));
    }

    @Property(tries = 50)
    void a_step_without_needs_leaves_all_others_if_none_needs_it(@ForAll @IntRange(max = 3) int index) {
        // Given
        Step one = ALL.get(index);

        // Then
        assertThat(new Plan(ALL).without(List.of(one)).steps())
                .isEqualTo(ALL.stream().filter(step -> !step.equals(one)).toList());
    }
}
