package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.state.BuiltIn;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps in words: to be done in conditions, done in the history. */
class StepTest {

    private static final String ARN = "arn:aws:iam::111122223333:policy/p";

    static Stream<Arguments> steps() {
        return Stream.of(
                arguments(
                        new Step.CreateRole(BuiltIn.COMPILER.compileAnnounced(LinkedRole.unknown(Events.INSTANCE))),
                        "create the role",
                        "created the role"),
                arguments(new Step.PutTrustPolicy("{}"), "set the trust policy", "set the trust policy"),
                arguments(new Step.PutTags(new TreeMap<>()), "set the ownership tags", "set the ownership tags"),
                arguments(new Step.PutBoundary(ARN), "set the permissions boundary", "set the permissions boundary"),
                arguments(new Step.PutDescription("x"), "set the description", "set the description"),
                arguments(new Step.PutInlinePolicy("p", "{}"), "put the inline policy p", "put the inline policy p"),
                arguments(
                        new Step.DeleteInlinePolicy("p"), "delete the inline policy p", "deleted the inline policy p"),
                arguments(
                        new Step.CreatePolicy(ARN, "{}", new TreeMap<>()),
                        "make the managed policy " + ARN,
                        "made the managed policy " + ARN),
                arguments(
                        new Step.PutPolicyVersion(ARN, "{}"),
                        "put a new version of the managed policy " + ARN,
                        "put a new version of the managed policy " + ARN),
                arguments(
                        new Step.AttachPolicy(ARN),
                        "attach the managed policy " + ARN,
                        "attached the managed policy " + ARN),
                arguments(
                        new Step.DeletePolicy(ARN),
                        "delete the managed policy " + ARN,
                        "deleted the managed policy " + ARN),
                arguments(
                        new Step.DetachPolicy(ARN),
                        "detach the managed policy " + ARN,
                        "detached the managed policy " + ARN),
                arguments(
                        new Step.LeaveInstanceProfile("web"),
                        "take the role out of the instance profile web",
                        "took the role out of the instance profile web"),
                arguments(new Step.DeleteRole(), "delete the role", "deleted the role"));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void a_step_is_told_as_an_order_and_as_done(Step step, String order, String done) {
        assertThat(step.order()).isEqualTo(order);
        assertThat(step.summary()).isEqualTo(done);
    }
}
