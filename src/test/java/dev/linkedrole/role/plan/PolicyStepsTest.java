package dev.linkedrole.role.plan;

import static dev.linkedrole.role.packing.StatementsOnResources.both;
import static dev.linkedrole.role.packing.StatementsOnResources.role;
import static dev.linkedrole.role.packing.StatementsOnResources.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.RepackStep;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.state.DesiredRole;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The order of policy writes when a statement moves from one policy to another. */
class PolicyStepsTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final PolicySlot TWO = new PolicySlot(2);
    private static final SortedSet<StatementOnResource> A = some("a", 3);
    private static final SortedSet<StatementOnResource> B = some("b", 3);
    private static final SortedSet<StatementOnResource> NOTHING = new TreeSet<>();

    private static final DesiredRole.Present EXCHANGED = role(
            Map.of(ONE, B, TWO, A), 2, new RepackStep(ONE, both(A, B)), new RepackStep(TWO, A), new RepackStep(ONE, B));

    @Test
    void policies_that_change_places_are_written_by_way_of_what_lies_in_between() {
        assertThat(steps(role(Map.of(ONE, A, TWO, B), 2).fingerprint(), EXCHANGED))
                .containsExactly(version(ONE, both(A, B)), version(TWO, A), version(ONE, B));
    }

    @Test
    void what_is_half_way_goes_the_rest_of_the_way() {
        assertThat(steps(role(Map.of(ONE, both(A, B), TWO, B), 2).fingerprint(), EXCHANGED))
                .containsExactly(version(TWO, A), version(ONE, B));
    }

    @Test
    void nothing_is_done_to_policies_that_are_there_whatever_way_led_to_them() {
        assertThat(steps(role(Map.of(ONE, B, TWO, A), 2).fingerprint(), EXCHANGED))
                .isEmpty();
    }

    @Test
    void a_policy_that_is_given_up_is_taken_away_once_and_where_its_turn_is() {
        // Given one whose content moves, and another that is new
        DesiredRole.Present desired = role(
                Map.of(PolicySlot.INLINE, both(A, B), TWO, some("c", 1)),
                2,
                new RepackStep(PolicySlot.INLINE, both(A, B)),
                new RepackStep(ONE, NOTHING),
                new RepackStep(TWO, some("c", 1)));

        // Then
        assertThat(steps(role(Map.of(PolicySlot.INLINE, A, ONE, B), 2).fingerprint(), desired))
                .containsExactly(
                        new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, Statements.policy(both(A, B))),
                        new Step.DetachPolicy(arn(ONE)),
                        new Step.DeletePolicy(arn(ONE)),
                        created(TWO, some("c", 1)),
                        new Step.AttachPolicy(arn(TWO)));
    }

    @Test
    void a_policy_that_is_not_known_to_be_there_is_not_taken_away() {
        assertThat(steps(
                        role(Map.of(PolicySlot.INLINE, A), 2).fingerprint(),
                        role(
                                Map.of(PolicySlot.INLINE, B),
                                2,
                                new RepackStep(PolicySlot.INLINE, B),
                                new RepackStep(ONE, NOTHING))))
                .containsExactly(new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, Statements.policy(B)));
    }

    @Test
    void a_policy_in_which_something_waits_is_made_and_goes_again() {
        // Given
        DesiredRole.Present desired =
                role(Map.of(ONE, B), 2, new RepackStep(TWO, A), new RepackStep(ONE, B), new RepackStep(TWO, NOTHING));

        // Then
        assertThat(steps(role(Map.of(ONE, A), 2).fingerprint(), desired))
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
        DesiredRole.Present desired = role(
                Map.of(ONE, A, TWO, B),
                Map.of(ONE, B, TWO, A),
                2,
                new RepackStep(ONE, both(A, B)),
                new RepackStep(TWO, A),
                new RepackStep(ONE, B));

        // When
        Plan plan = Planner.toward(desired, role(Map.of(ONE, A, TWO, B), 2).fingerprint(), ModelRole.ARNS);

        // Then
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(0), Set.of(1));
    }

    @Test
    void policies_that_only_grow_do_not_need_each_other() {
        // Given
        DesiredRole.Present desired = role(
                Map.of(PolicySlot.INLINE, A),
                Map.of(PolicySlot.INLINE, both(A, B), ONE, some("c", 1)),
                2,
                new RepackStep(PolicySlot.INLINE, both(A, B)),
                new RepackStep(ONE, some("c", 1)));

        // When
        Plan plan =
                Planner.toward(desired, role(Map.of(PolicySlot.INLINE, A), 2).fingerprint(), ModelRole.ARNS);

        // Then the second one is attached once it is there
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(), Set.of(1));
    }

    @Test
    void an_abandoned_policy_stays_until_its_statements_are_elsewhere() {
        // Given
        DesiredRole.Present desired = role(
                Map.of(PolicySlot.INLINE, A, ONE, B),
                Map.of(PolicySlot.INLINE, both(A, B)),
                2,
                new RepackStep(PolicySlot.INLINE, both(A, B)),
                new RepackStep(ONE, NOTHING));

        // When
        Plan plan = Planner.toward(
                desired, role(Map.of(PolicySlot.INLINE, A, ONE, B), 2).fingerprint(), ModelRole.ARNS);

        // Then
        assertThat(plan.needs()).containsExactly(Set.of(), Set.of(0), Set.of(0, 1));
    }

    @Test
    void a_policy_that_could_not_be_moved_loses_only_undesired_statements() {
        // Given one that holds what is wanted elsewhere, and what is not wanted any more
        DesiredRole.Present desired = role(Map.of(TWO, A), 2);
        Placement known = Placement.of(Map.of(ONE, both(A, B)));
        RoleFingerprint fingerprint = role(Map.of(ONE, both(A, B)), 2).fingerprint();

        // Then
        assertThat(Planner.pruning(desired, new KnownRole(fingerprint, known), ModelRole.ARNS)
                        .steps())
                .containsExactly(version(ONE, A));

        // And one of which nothing is known is left
        assertThat(Planner.pruning(desired, new KnownRole(fingerprint, Placement.NONE), ModelRole.ARNS)
                        .steps())
                .isEmpty();
    }

    private static List<Step> steps(RoleFingerprint known, DesiredRole.Present desired) {
        return Planner.toward(desired, known, ModelRole.ARNS).steps();
    }

    private static Step version(PolicySlot slot, SortedSet<StatementOnResource> content) {
        return new Step.PutPolicyVersion(arn(slot), Statements.policy(content));
    }

    private static Step created(PolicySlot slot, SortedSet<StatementOnResource> content) {
        return new Step.CreatePolicy(arn(slot), Statements.policy(content), new TreeMap<>());
    }

    private static String arn(PolicySlot slot) {
        return ModelRole.ARNS.of(slot);
    }
}
