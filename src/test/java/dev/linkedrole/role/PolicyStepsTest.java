package dev.linkedrole.role;

import static dev.linkedrole.role.Allowances.both;
import static dev.linkedrole.role.Allowances.role;
import static dev.linkedrole.role.Allowances.some;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How policies are written where something has to move from one to another. */
class PolicyStepsTest {

    private static final Home ONE = new Home(1);
    private static final Home TWO = new Home(2);
    private static final SortedSet<Allowance> A = some("a", 3);
    private static final SortedSet<Allowance> B = some("b", 3);
    private static final SortedSet<Allowance> NOTHING = new TreeSet<>();

    private static final WantedRole.Present EXCHANGED =
            role(Map.of(ONE, B, TWO, A), 2, new Move(ONE, both(A, B)), new Move(TWO, A), new Move(ONE, B));

    @Test
    void policies_that_change_places_are_written_by_way_of_what_lies_in_between() {
        assertThat(steps(role(Map.of(ONE, A, TWO, B), 2).footprint(), EXCHANGED))
                .containsExactly(version(ONE, both(A, B)), version(TWO, A), version(ONE, B));
    }

    @Test
    void what_is_half_way_goes_the_rest_of_the_way() {
        assertThat(steps(role(Map.of(ONE, both(A, B), TWO, B), 2).footprint(), EXCHANGED))
                .containsExactly(version(TWO, A), version(ONE, B));
    }

    @Test
    void nothing_is_done_to_policies_that_are_there_whatever_way_led_to_them() {
        assertThat(steps(role(Map.of(ONE, B, TWO, A), 2).footprint(), EXCHANGED))
                .isEmpty();
    }

    @Test
    void a_policy_that_is_given_up_is_taken_away_once_and_where_its_turn_is() {
        // Given one whose content moves, and another that is new
        WantedRole.Present wanted = role(
                Map.of(Home.INLINE, both(A, B), TWO, some("c", 1)),
                2,
                new Move(Home.INLINE, both(A, B)),
                new Move(ONE, NOTHING),
                new Move(TWO, some("c", 1)));

        // Then
        assertThat(steps(role(Map.of(Home.INLINE, A, ONE, B), 2).footprint(), wanted))
                .containsExactly(
                        new Step.PutInlinePolicy(Home.INLINE_POLICY, Statements.policy(both(A, B))),
                        new Step.DetachPolicy(arn(ONE)),
                        new Step.DeletePolicy(arn(ONE)),
                        created(TWO, some("c", 1)),
                        new Step.AttachPolicy(arn(TWO)));
    }

    @Test
    void a_policy_that_is_not_known_to_be_there_is_not_taken_away() {
        assertThat(steps(
                        role(Map.of(Home.INLINE, A), 2).footprint(),
                        role(Map.of(Home.INLINE, B), 2, new Move(Home.INLINE, B), new Move(ONE, NOTHING))))
                .containsExactly(new Step.PutInlinePolicy(Home.INLINE_POLICY, Statements.policy(B)));
    }

    @Test
    void a_policy_in_which_something_waits_is_made_and_goes_again() {
        // Given
        WantedRole.Present wanted = role(Map.of(ONE, B), 2, new Move(TWO, A), new Move(ONE, B), new Move(TWO, NOTHING));

        // Then
        assertThat(steps(role(Map.of(ONE, A), 2).footprint(), wanted))
                .containsExactly(
                        created(TWO, A),
                        new Step.AttachPolicy(arn(TWO)),
                        version(ONE, B),
                        new Step.DetachPolicy(arn(TWO)),
                        new Step.DeletePolicy(arn(TWO)));
    }

    @Test
    void what_moves_leaves_its_old_place_only_once_it_is_in_the_new_one() {
        // Given
        WantedRole.Present wanted = role(
                Map.of(ONE, A, TWO, B),
                Map.of(ONE, B, TWO, A),
                2,
                new Move(ONE, both(A, B)),
                new Move(TWO, A),
                new Move(ONE, B));

        // When
        Plan plan = Planner.toward(wanted, role(Map.of(ONE, A, TWO, B), 2).footprint(), ModelRole.ARNS);

        // Then
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(0), Set.of(1));
    }

    @Test
    void policies_that_only_grow_do_not_need_each_other() {
        // Given
        WantedRole.Present wanted = role(
                Map.of(Home.INLINE, A),
                Map.of(Home.INLINE, both(A, B), ONE, some("c", 1)),
                2,
                new Move(Home.INLINE, both(A, B)),
                new Move(ONE, some("c", 1)));

        // When
        Plan plan = Planner.toward(wanted, role(Map.of(Home.INLINE, A), 2).footprint(), ModelRole.ARNS);

        // Then the second one is attached once it is there
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(), Set.of(1));
    }

    @Test
    void a_policy_that_is_given_up_is_kept_as_long_as_what_it_held_is_nowhere_else() {
        // Given
        WantedRole.Present wanted = role(
                Map.of(Home.INLINE, A, ONE, B),
                Map.of(Home.INLINE, both(A, B)),
                2,
                new Move(Home.INLINE, both(A, B)),
                new Move(ONE, NOTHING));

        // When
        Plan plan =
                Planner.toward(wanted, role(Map.of(Home.INLINE, A, ONE, B), 2).footprint(), ModelRole.ARNS);

        // Then
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(0), Set.of(0, 1));
    }

    @Test
    void a_policy_that_could_not_be_moved_loses_what_is_not_wanted_and_nothing_else() {
        // Given one that holds what is wanted elsewhere, and what is not wanted any more
        WantedRole.Present wanted = role(Map.of(TWO, A), 2);
        Placement known = Placement.of(Map.of(ONE, both(A, B)));
        Footprint footprint = role(Map.of(ONE, both(A, B)), 2).footprint();

        // Then
        assertThat(Planner.pruning(wanted, new KnownRole(footprint, known), ModelRole.ARNS)
                        .steps())
                .containsExactly(version(ONE, A));

        // And one of which nothing is known is left
        assertThat(Planner.pruning(wanted, new KnownRole(footprint, Placement.NONE), ModelRole.ARNS)
                        .steps())
                .isEmpty();
    }

    private static List<Step> steps(Footprint known, WantedRole.Present wanted) {
        return Planner.toward(wanted, known, ModelRole.ARNS).steps();
    }

    private static Step version(Home home, SortedSet<Allowance> content) {
        return new Step.PutPolicyVersion(arn(home), Statements.policy(content));
    }

    private static Step created(Home home, SortedSet<Allowance> content) {
        return new Step.CreatePolicy(arn(home), Statements.policy(content), new TreeMap<>());
    }

    private static String arn(Home home) {
        return ModelRole.ARNS.of(home);
    }
}
