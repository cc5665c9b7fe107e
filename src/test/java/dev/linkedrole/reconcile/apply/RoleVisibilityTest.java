package dev.linkedrole.reconcile.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The failures that leave a step open, by what is known of the role. */
class RoleVisibilityTest {

    private static final Step INLINE = new Step.PutInlinePolicy("grants", "{}");
    private static final Step BOUNDARY = new Step.PutBoundary("arn:aws:iam::111122223333:policy/bound");

    /** For each kind, whether the step stays open: when nothing is known, after a read, and when IAM is settled, too. */
    @ParameterizedTest
    @CsvSource({
        "REFUSED,           true,  true,  true",
        "PROTECTED,         true,  true,  true",
        "NAME_TAKEN,        true,  true,  true",
        "REFERENCE_MISSING, true,  true,  true",
        "LIMIT_EXCEEDED,    false, true,  true",
        "NOT_FOUND,         false, false, true",
        "ALREADY_EXISTS,    false, false, true",
        "DELETE_CONFLICT,   false, false, true",
        "TRANSIENT,         false, false, false",
        "UNREACHABLE,       false, false, false",
    })
    void a_failure_leaves_a_step_open_once_nothing_else_can_explain_it(
            Kind kind, boolean unknown, boolean looked, boolean settled) {
        IamCallException failure = new IamCallException(kind, "no");
        assertThat(new RoleVisibility(false, false, false).leavesOpen(INLINE, failure))
                .isEqualTo(unknown);
        assertThat(new RoleVisibility(false, true, false).leavesOpen(INLINE, failure))
                .isEqualTo(looked);
        assertThat(new RoleVisibility(false, true, true).leavesOpen(INLINE, failure))
                .isEqualTo(settled);
    }

    @Test
    void a_boundary_that_is_missing_is_told_from_a_role_that_is_new() {
        IamCallException missing = new IamCallException(Kind.NOT_FOUND, "no such entity");
        assertThat(new RoleVisibility(false, true, false).leavesOpen(BOUNDARY, missing))
                .isTrue();
        assertThat(new RoleVisibility(true, true, false).leavesOpen(BOUNDARY, missing))
                .isFalse();
        assertThat(new RoleVisibility(false, false, true).leavesOpen(BOUNDARY, missing))
                .isFalse();
    }

    @Test
    void a_condition_leaves_a_step_open_and_a_defect_does_not() {
        RoleVisibility nothing = new RoleVisibility(true, false, false);
        assertThat(nothing.leavesOpen(INLINE, new BlockedException(Condition.Type.RoleNameTaken, "taken")))
                .isTrue();
        assertThat(nothing.leavesOpen(INLINE, new IllegalStateException("a defect")))
                .isFalse();
    }
}
