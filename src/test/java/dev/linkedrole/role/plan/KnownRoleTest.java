package dev.linkedrole.role.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.packing.StatementsOnResources;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.BuiltIn;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of the components and placements that a known role has after each step. */
class KnownRoleTest {

    private static final PolicySlot ONE = new PolicySlot(1);
    private static final String ARN = ModelRole.ARNS.of(ONE);
    private static final String STRANGER = "arn:aws:iam::aws:policy/AdministratorAccess";

    private static final RoleComponent INLINE = RoleComponent.of(PolicySlot.INLINE);
    private static final RoleComponent MANAGED = RoleComponent.of(ONE);
    private static final RoleComponent DEBUG = new RoleComponent.Inline("debug");

    private static final SortedSet<StatementOnResource> THREE = StatementsOnResources.some("a", 3);
    private static final SortedSet<StatementOnResource> FIVE = StatementsOnResources.some("a", 5);
    private static final String OF_THREE = Statements.policy(THREE);
    private static final String OF_FIVE = Statements.policy(FIVE);

    private static final KnownRole BARE = new KnownRole(RoleFingerprint.BARE, Placement.NONE);

    @Test
    void a_role_is_as_desired_after_all_steps_toward_it() {
        // Given all that a role can have, in more than one policy
        Set<String> bots = IntStream.range(0, 200)
                .mapToObj(i -> "arn:aws:lex:us-west-2:111122223333:bot:Order" + i)
                .collect(Collectors.toSet());
        RoleSettings bounded = new RoleSettings(
                "LinkedRole_", "/linked-role/", Optional.of("arn:aws:iam::111122223333:policy/bound"), "tests");
        DesiredRole.Present desired = new PolicyCompiler(BuiltIn.CATALOG, bounded)
                .compileAnnounced(Events.after(
                        List.of(Events.created(0), Events.enabled(1, "lex-bots", bots), Events.described(2, "Ours."))));
        List<Step> steps =
                Planner.toward(desired, RoleFingerprint.BARE, ModelRole.ARNS).steps();

        // Then
        assertThat(after(BARE, steps.toArray(Step[]::new)))
                .isEqualTo(
                        new KnownRole(desired.fingerprint(), desired.packing().placement()));
        assertThat(desired.packing().contents()).hasSizeGreaterThan(1);
    }

    @Test
    void a_policy_that_is_made_holds_nothing_until_it_is_attached() {
        // When
        KnownRole made = after(BARE, create(OF_THREE));
        KnownRole attached = after(BARE, create(OF_THREE), new Step.AttachPolicy(ARN));

        // Then
        assertThat(made).isEqualTo(known(Map.of(MANAGED, RoleFingerprint.UNATTACHED), Placement.NONE));
        assertThat(attached).isEqualTo(holding(ONE, THREE));
    }

    @Test
    void a_new_version_counts_at_once_or_once_the_policy_is_attached() {
        // Given
        Step version = new Step.PutPolicyVersion(ARN, OF_FIVE);
        KnownRole attached = holding(ONE, THREE);
        KnownRole unattached = after(attached, new Step.DetachPolicy(ARN));

        // Then
        assertThat(after(attached, version)).isEqualTo(holding(ONE, FIVE));
        assertThat(after(unattached, version)).isEqualTo(unattached);
        assertThat(after(unattached, version, new Step.AttachPolicy(ARN))).isEqualTo(holding(ONE, FIVE));
    }

    @Test
    void an_attached_policy_of_which_nothing_is_known_may_say_anything() {
        assertThat(after(BARE, new Step.AttachPolicy(ARN)))
                .isEqualTo(known(Map.of(MANAGED, RoleFingerprint.UNKNOWN), Placement.NONE));
    }

    @Test
    void a_detached_policy_is_there_until_it_is_deleted() {
        // Given
        KnownRole attached = holding(ONE, THREE);

        // Then
        assertThat(after(attached, new Step.DetachPolicy(ARN)))
                .isEqualTo(known(Map.of(MANAGED, RoleFingerprint.UNATTACHED), Placement.NONE));
        assertThat(after(attached, new Step.DetachPolicy(ARN), new Step.DeletePolicy(ARN)))
                .isEqualTo(BARE);
        assertThat(after(BARE, new Step.DetachPolicy(ARN))).isEqualTo(BARE);
    }

    @Test
    void policies_and_profiles_of_others_are_gone_once_the_role_is_taken_out() {
        // Given
        RoleComponent profile = new RoleComponent.InInstanceProfile("web");
        KnownRole role = known(Map.of(new RoleComponent.Attached(STRANGER), "s", profile, "p"), Placement.NONE);

        // Then
        assertThat(after(role, new Step.DetachPolicy(STRANGER))).isEqualTo(known(Map.of(profile, "p"), Placement.NONE));
        assertThat(after(role, new Step.DetachPolicy(STRANGER), new Step.LeaveInstanceProfile("web")))
                .isEqualTo(BARE);
    }

    @Test
    void only_the_inline_policy_of_ours_holds_statements() {
        // Given
        KnownRole ours = holding(PolicySlot.INLINE, THREE);
        Step put = new Step.PutInlinePolicy("debug", OF_FIVE);

        // When
        KnownRole both = after(BARE, new Step.PutInlinePolicy(PolicySlot.INLINE_POLICY, OF_THREE), put);

        // Then
        assertThat(both.placement()).isEqualTo(ours.placement());
        assertThat(both.fingerprint().digests()).containsOnlyKeys(INLINE, DEBUG);
        assertThat(after(both, new Step.DeleteInlinePolicy("debug"))).isEqualTo(ours);
        assertThat(after(ours, new Step.DeleteInlinePolicy(PolicySlot.INLINE_POLICY)))
                .isEqualTo(BARE);
    }

    @Test
    void a_deleted_role_leaves_nothing_but_its_managed_policies() {
        // Given
        KnownRole role = known(
                Map.of(new RoleComponent.Trust(), "t", INLINE, "i", MANAGED, RoleFingerprint.UNATTACHED),
                Placement.of(Map.of(PolicySlot.INLINE, THREE)));

        // Then
        assertThat(after(role, new Step.DeleteRole()))
                .isEqualTo(known(Map.of(MANAGED, RoleFingerprint.UNATTACHED), Placement.NONE));
    }

    private static KnownRole after(KnownRole role, Step... steps) {
        return role.after(List.of(steps), ModelRole.ARNS);
    }

    private static Step create(String document) {
        return new Step.CreatePolicy(ARN, document, new TreeMap<>());
    }

    /** A role that has just this in one policy. */
    private static KnownRole holding(PolicySlot slot, SortedSet<StatementOnResource> content) {
        return known(
                Map.of(RoleComponent.of(slot), PolicyDocument.digest(Statements.policy(content))),
                Placement.of(Map.of(slot, content)));
    }

    private static KnownRole known(Map<RoleComponent, String> digests, Placement placement) {
        return new KnownRole(new RoleFingerprint(new TreeMap<>(digests)), placement);
    }
}
