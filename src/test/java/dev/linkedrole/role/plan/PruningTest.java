package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.packing.StatementsOnResources;
import dev.linkedrole.role.state.DesiredRole;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Plans that take what is too much from a role and add nothing to it. */
class PruningTest {

    private static final SortedSet<StatementOnResource> WANTED = StatementsOnResources.some("a", 3);
    private static final SortedSet<StatementOnResource> HAD = StatementsOnResources.some("a", 2);
    private static final SortedSet<StatementOnResource> TOO_MUCH = StatementsOnResources.some("b", 2);

    private static final DesiredRole.Present DESIRED = StatementsOnResources.role(Map.of(PolicySlot.INLINE, WANTED), 1);

    @Test
    void a_policy_keeps_what_it_has_of_the_desired_and_gets_nothing_else() {
        assertThat(pruned(PolicySlot.INLINE, StatementsOnResources.both(HAD, TOO_MUCH)))
                .containsExactly(new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, Statements.policy(HAD)));
        assertThat(pruned(new PolicySlot(1), StatementsOnResources.both(HAD, TOO_MUCH)))
                .containsExactly(
                        new Step.PutPolicyVersion(ModelRole.ARNS.of(new PolicySlot(1)), Statements.policy(HAD)));
    }

    @Test
    void a_policy_that_has_nothing_of_the_desired_goes() {
        assertThat(pruned(PolicySlot.INLINE, TOO_MUCH))
                .containsExactly(new Step.DeleteInlinePolicy(PolicySlot.INLINE_POLICY));
        String arn = ModelRole.ARNS.of(new PolicySlot(1));
        assertThat(pruned(new PolicySlot(1), TOO_MUCH))
                .containsExactly(new Step.DetachPolicy(arn), new Step.DeletePolicy(arn));
    }

    private static List<Step> pruned(PolicySlot slot, SortedSet<StatementOnResource> has) {
        RoleFingerprint fingerprint =
                new RoleFingerprint(new TreeMap<>(Map.of(RoleComponent.of(slot), RoleFingerprint.UNKNOWN)));
        KnownRole known = new KnownRole(fingerprint, Placement.of(Map.of(slot, has)));
        return Planner.pruning(DESIRED, known, ModelRole.ARNS).steps();
    }
}
