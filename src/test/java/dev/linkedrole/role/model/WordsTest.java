package dev.linkedrole.role.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import dev.linkedrole.role.state.PolicyArns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Words in the ledger and for people, which must not change. */
class WordsTest {

    private static final String ARN = "arn:aws:iam::111122223333:policy/linked-role/one";

    @Test
    void the_events() {
        assertThat(List.of(
                        Events.created(0),
                        Events.enabled(0, "f"),
                        Events.disabled(0, "f"),
                        Events.described(0, "d"),
                        Events.adopted(0),
                        Events.released(0),
                        Events.deleted(0)))
                .extracting(RoleEvent::type)
                .containsExactly(
                        "instance-created",
                        "feature-enabled",
                        "feature-disabled",
                        "description-edited",
                        "role-adopted",
                        "role-released",
                        "instance-deleted");
    }

    @Test
    void the_steps() {
        DesiredRole.Present role = BuiltIn.COMPILER.compileAnnounced(LinkedRole.of(Events.created(0)));
        assertThat(List.of(
                        new Step.CreateRole(role),
                        new Step.PutTrustPolicy("{}"),
                        new Step.PutTags(new TreeMap<>()),
                        new Step.PutBoundary(ARN),
                        new Step.PutDescription("d"),
                        new Step.PutInlinePolicy("p", "{}"),
                        new Step.DeleteInlinePolicy("p"),
                        new Step.CreatePolicy(ARN, "{}", new TreeMap<>()),
                        new Step.PutPolicyVersion(ARN, "{}"),
                        new Step.AttachPolicy(ARN),
                        new Step.DeletePolicy(ARN),
                        new Step.DetachPolicy(ARN),
                        new Step.LeaveInstanceProfile("i"),
                        new Step.DeleteRole()))
                .extracting(Step::summary)
                .containsExactly(
                        "created the role",
                        "set the trust policy",
                        "set the ownership tags",
                        "set the permissions boundary",
                        "set the description",
                        "put the inline policy p",
                        "deleted the inline policy p",
                        "made the managed policy " + ARN,
                        "put a new version of the managed policy " + ARN,
                        "attached the managed policy " + ARN,
                        "deleted the managed policy " + ARN,
                        "detached the managed policy " + ARN,
                        "took the role out of the instance profile i",
                        "deleted the role");
    }

    @Test
    void where_an_instance_is_in_its_life() {
        assertThat(List.of(LinkedRole.Lifecycle.values()))
                .extracting(LinkedRole.Lifecycle::word)
                .containsExactly("unannounced", "live", "deleted", "released");
    }

    @Test
    void the_components() {
        assertThat(List.of(
                        new RoleComponent.Managed(new PolicySlot(3)),
                        new RoleComponent.InInstanceProfile("i"),
                        new RoleComponent.Attached(ARN)))
                .extracting(RoleComponent::key)
                .containsExactly("managed:3", "instance-profile:i", "attached:" + ARN);
    }

    @Test
    void grants_and_descriptions() {
        assertThat(Grant.of("lex-bots", ARN)).hasToString("lex-bots " + ARN);
        assertThat(Grant.withoutResource("tasks")).hasToString("tasks");
        assertThat(new RoleDescription("for the auditors")).hasToString("for the auditors");
    }

    @Test
    void conditions_that_trying_again_does_not_mend() {
        assertThat(List.of(Condition.Type.values()))
                .filteredOn(type -> !type.mayPass())
                .containsExactly(Condition.Type.PolicyTooLarge, Condition.Type.ProtectedRole);
    }

    @Test
    void what_makes_a_managed_policy_ours() {
        ManagedPolicy policy = new ManagedPolicy("v1", "{}", Map.of("owner", "us", "team", "voice"));
        assertThat(policy.has(new TreeMap<>(Map.of("owner", "us")))).isTrue();
        assertThat(policy.has(new TreeMap<>(Map.of("owner", "them")))).isFalse();
    }

    @Test
    void what_is_desired_under_another_name() {
        RoleName name = RoleName.of("LinkedRole_", Events.INSTANCE.id());
        RoleName other = RoleName.of("OtherRole_", Events.INSTANCE.id());
        assertThat(new DesiredRole.NotYet(name).named(other)).isEqualTo(new DesiredRole.NotYet(other));
        assertThat(new DesiredRole.Gone(name).named(other)).isEqualTo(new DesiredRole.Gone(other));
        DesiredRole.Present role = BuiltIn.COMPILER.compileAnnounced(LinkedRole.of(Events.created(0)));
        assertThat(role.named(other).name()).isEqualTo(other);
        assertThat(role.placed(role.packing().placement()).inlinePolicies()).isEqualTo(role.inlinePolicies());
    }

    @Test
    void what_is_a_service_s_own() {
        assertThat(ServiceLinkedPath.hasPolicy("arn:aws:iam::aws:policy/aws-service-role/ConnectPolicy"))
                .isTrue();
        assertThat(ServiceLinkedPath.hasPolicy("arn:aws:iam::aws:policy/AdministratorAccess"))
                .isFalse();
        assertThat(new PolicyArns(
                                "arn:aws:iam::111122223333:policy/linked-role/",
                                RoleName.of("LinkedRole_", Events.INSTANCE.id()))
                        .slotOf("arn:aws:iam::aws:policy/AdministratorAccess"))
                .isEqualTo(Optional.empty());
    }
}
