package dev.linkedrole.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.reconcile.apply.PlanProgress.Open;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.testing.Instance;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The progress of a plan, and what it says of steps that were not done. */
class PlanProgressTest {

    private static final Step DESCRIPTION = new Step.PutDescription("ours");
    private static final Step INLINE = new Step.PutInlinePolicy("grants", "{}");
    private static final Step TAGS = new Step.PutTags(new TreeMap<>());

    @Test
    void a_service_linked_role_may_get_tags_and_a_description() {
        assertThat(Stream.of(TAGS, DESCRIPTION)).allMatch(PlanProgress::isForEverybody);
        assertThat(Stream.of(
                        INLINE,
                        new Step.PutTrustPolicy("{}"),
                        new Step.PutBoundary("arn"),
                        new Step.DeleteInlinePolicy("grants"),
                        new Step.DeleteRole()))
                .noneMatch(PlanProgress::isForEverybody);
    }

    @Test
    void a_step_is_rejected_if_it_was_tried() {
        PlanProgress progress = progress(rejected(TAGS, Kind.REFUSED), new Open(INLINE, Optional.empty()));
        assertThat(progress.rejectedSteps()).containsExactly(TAGS);
    }

    @Test
    void the_description_alone_keeps_no_role_from_being_in_force() {
        assertThat(progress().inForce()).isTrue();
        assertThat(progress(rejected(DESCRIPTION, Kind.REFUSED)).inForce()).isTrue();
        assertThat(progress(rejected(DESCRIPTION, Kind.REFUSED), rejected(TAGS, Kind.REFUSED))
                        .inForce())
                .isFalse();
    }

    @Test
    void protection_is_an_answer_of_iam_or_a_condition() {
        assertThat(rejected(INLINE, Kind.PROTECTED).isProtection()).isTrue();
        assertThat(blocked(Condition.Type.ProtectedRole).isProtection()).isTrue();
        assertThat(rejected(INLINE, Kind.REFUSED).isProtection()).isFalse();
        assertThat(blocked(Condition.Type.RoleNameTaken).isProtection()).isFalse();
        assertThat(new Open(INLINE, Optional.empty()).isProtection()).isFalse();
    }

    @Test
    void plans_that_follow_each_other_are_one_progress() {
        // Given
        PlanProgress first = new PlanProgress(Optional.empty(), List.of(TAGS), List.of());
        Open open = rejected(INLINE, Kind.REFUSED);

        // Then
        assertThat(first.and(new PlanProgress(Optional.of("arn"), List.of(DESCRIPTION), List.of(open))))
                .isEqualTo(new PlanProgress(Optional.of("arn"), List.of(TAGS, DESCRIPTION), List.of(open)));
    }

    @Test
    void each_kind_of_rejection_is_a_condition_that_names_all_open_steps() {
        // When
        List<Condition> conditions = progress(
                        rejected(TAGS, Kind.REFUSED),
                        rejected(DESCRIPTION, Kind.REFUSED),
                        rejected(INLINE, Kind.NAME_TAKEN),
                        new Open(new Step.DeleteRole(), Optional.empty()))
                .conditions(Instance.START);

        // Then
        String open =
                ". Still open: set the ownership tags, set the description, put the inline policy grants, delete the role";
        assertThat(conditions)
                .containsExactlyInAnyOrder(
                        new Condition(
                                Condition.Type.RefusedByIam,
                                "REFUSED of PutTags; REFUSED of PutDescription" + open,
                                Instance.START),
                        new Condition(
                                Condition.Type.PolicyNameTaken,
                                "NAME_TAKEN of PutInlinePolicy" + open,
                                Instance.START));
    }

    @Test
    void the_steps_of_an_earlier_condition_are_not_said_again() {
        Open known = new Open(
                INLINE,
                Optional.of(new BlockedException(Condition.Type.RefusedByIam, "denied. Still open: delete the role")));
        assertThat(progress(known).conditions(Instance.START))
                .extracting(Condition::detail)
                .containsExactly("denied. Still open: put the inline policy grants");
    }

    @ParameterizedTest
    @CsvSource({"10, ''", "11, ' and 1 more'", "25, ' and 15 more'"})
    void at_most_ten_open_steps_are_named(int many, String end) {
        // When
        PlanProgress progress = progress(IntStream.range(0, many)
                .mapToObj(number -> rejected(new Step.DetachPolicy("p" + number), Kind.REFUSED))
                .toArray(Open[]::new));

        // Then
        assertThat(progress.conditions(Instance.START))
                .singleElement()
                .satisfies(condition -> assertThat(condition.detail()).endsWith("detach the managed policy p9" + end));
    }

    private static PlanProgress progress(Open... open) {
        return new PlanProgress(Optional.empty(), List.of(), List.of(open));
    }

    private static Open rejected(Step step, Kind kind) {
        return new Open(
                step,
                Optional.of(new IamCallException(
                        kind, kind + " of " + step.getClass().getSimpleName())));
    }

    private static Open blocked(Condition.Type type) {
        return new Open(INLINE, Optional.of(new BlockedException(type, "so it is")));
    }
}
