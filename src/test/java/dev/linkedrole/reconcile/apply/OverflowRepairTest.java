package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.EnforcedLimits;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.iam.PermissionProbe;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** Manual changes to a role with several policies, and the remains of such a role. */
@Tag("aws")
class OverflowRepairTest {

    private static final String PATH = "/linked-role/connect.amazonaws.com/";
    private static final String THEIRS =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}";
    private static final int FULL = Bots.FIT_INLINE;

    private final Ledger ledger = SharedTable.ledger();
    private final IamClient plain = AwsTestClients.PLAIN_IAM;
    private final IamReader iam = new IamReader(plain);
    private final Instance instance = Instance.random();
    private final String role = instance.roleName().value();
    private final PermissionProbe probe = new PermissionProbe(instance.roleName());
    private final CountedReplica counted = new CountedReplica(SharedTable.SHARED, new EnforcedLimits(), probe);
    private final Replica replica = counted.replica();

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void a_policy_that_somebody_has_edited_is_put_right() {
        // Given
        String arn = overflowed();
        plain.createPolicyVersion(r -> r.policyArn(arn).policyDocument(THEIRS).setAsDefault(true));

        assertRepaired();
    }

    @Test
    void versions_that_somebody_has_made_do_not_keep_ours_from_being_put() {
        // Given as many as there can be, an old one of which is in force
        String arn = overflowed();
        for (int version = 2; version <= 5; version++) {
            plain.createPolicyVersion(r -> r.policyArn(arn).policyDocument(THEIRS));
        }
        plain.setDefaultPolicyVersion(r -> r.policyArn(arn).versionId("v2"));

        // Then
        replica.takeAll(Bots.enabled(instance, 5, 300, 301));
        SortedSet<Permission> all = withBots(FULL + 1);
        all.addAll(Bots.permissions(300, 301));
        assertThat(iam.permissions(instance.roleName())).isEqualTo(all);
    }

    @Test
    void a_policy_that_somebody_has_detached_is_attached_again() {
        String arn = overflowed();
        plain.detachRolePolicy(r -> r.roleName(role).policyArn(arn));

        assertRepaired();
    }

    @Test
    void a_policy_that_somebody_has_deleted_is_made_again() {
        String arn = overflowed();
        plain.detachRolePolicy(r -> r.roleName(role).policyArn(arn));
        plain.deletePolicy(r -> r.policyArn(arn));

        assertRepaired();
    }

    @Test
    void a_grant_to_a_policy_that_somebody_has_deleted_makes_it_again() {
        // Given
        String arn = overflowed();
        plain.detachRolePolicy(r -> r.roleName(role).policyArn(arn));
        plain.deletePolicy(r -> r.policyArn(arn));

        // When
        replica.takeAll(Bots.enabled(instance, 5, FULL + 1, FULL + 2));

        // Then
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(FULL + 2));
    }

    @Test
    void a_role_that_somebody_has_deleted_is_made_again_and_finds_its_policies() {
        String arn = overflowed();
        plain.detachRolePolicy(r -> r.roleName(role).policyArn(arn));
        ManualRoleEdit.of(instance.roleName()).remove();

        assertRepaired();
    }

    @Test
    void the_policies_of_a_role_that_somebody_has_deleted_go_with_its_instance() {
        // Given
        String arn = overflowed();
        plain.detachRolePolicy(r -> r.roleName(role).policyArn(arn));
        ManualRoleEdit.of(instance.roleName()).remove();

        // When
        replica.takeAll(instance.deleted(9));

        // Then
        assertThat(iam.policiesOf(instance.roleName())).isEmpty();
    }

    @Test
    void foreign_policies_in_the_way_are_detached_first_and_never_deleted() {
        // Given an inline policy that leaves no room for ours to grow, and as many attached as there can be
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL - 20));
        ManualRoleEdit.of(instance.roleName()).putPolicy("theirs", "sqs:" + "?".repeat(1_000));
        String theirs = ManualRoleEdit.of(instance.roleName()).attachPolicy("sns:*");
        for (int i = 1; i < 10; i++) {
            String name = role + ".theirs." + i;
            String arn = plain.createPolicy(r -> r.policyName(name).policyDocument(THEIRS))
                    .policy()
                    .arn();
            plain.attachRolePolicy(r -> r.roleName(role).policyArn(arn));
        }
        probe.forget();

        // When it has to grow into both
        replica.takeAll(Bots.enabled(instance, 2, FULL - 20, FULL + 95));

        // Then
        probe.requireNeverMissing(withBots(FULL - 20));
        assertThat(record().conditions()).isEmpty();
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(FULL + 95));
        assertThat(iam.document(theirs)).contains("sns:*");
    }

    @Test
    void a_policy_of_somebody_else_that_has_the_name_is_left_alone_and_said() {
        // Given
        String theirs = plain.createPolicy(
                        r -> r.policyName(role + "-1").path(PATH).policyDocument(THEIRS))
                .policy()
                .arn();

        // When a role needs it
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL), Bots.enabled(instance, 2, FULL, 200));

        // Then
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.PolicyNameTaken);
        assertThat(record().settled()).isFalse();
        assertThat(iam.document(theirs)).isEqualTo(THEIRS);
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(FULL));

        // And when it was attached by hand, too
        plain.attachRolePolicy(r -> r.roleName(role).policyArn(theirs));
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.PolicyNameTaken);
        assertThat(iam.document(theirs)).isEqualTo(THEIRS);

        // And when the instance is deleted
        replica.takeAll(instance.deleted(9));
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(iam.document(theirs)).isEqualTo(THEIRS);
        assertThat(record().settled()).isTrue();
    }

    @Test
    void once_that_has_gone_the_role_is_what_it_has_to_be() {
        // Given
        String theirs = plain.createPolicy(
                        r -> r.policyName(role + "-1").path(PATH).policyDocument(THEIRS))
                .policy()
                .arn();
        replica.takeAll(instance.created(0), Bots.enabled(instance, 1, 0, FULL + 1));

        // When
        plain.deletePolicy(r -> r.policyArn(theirs));
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(FULL + 1));
        assertThat(record().conditions()).isEmpty();
    }

    @Test
    void a_policy_that_somebody_else_uses_too_keeps_no_role_from_being_deleted() {
        // Given another role to which our policy was attached by hand
        String arn = overflowed();
        Instance other = Instance.random();
        replica.takeAll(other.created(0));
        plain.attachRolePolicy(r -> r.roleName(other.roleName().value()).policyArn(arn));

        // When
        replica.takeAll(instance.deleted(9));

        // Then the role is gone, and what is left is said
        assertThat(iam.exists(instance.roleName())).isFalse();
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RefusedByIam);

        // And it goes once it is no longer used
        await(replica.reconciler().reconcile(other.id(), ReconcileMode.IAM));
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(iam.policiesOf(instance.roleName())).isEmpty();
        assertThat(record().conditions()).isEmpty();
    }

    /** Grants the role one bot more than fits inline, and returns the policy that has it. */
    private String overflowed() {
        replica.takeAll(
                instance.created(0), Bots.enabled(instance, 1, 0, FULL), Bots.enabled(instance, 2, FULL, FULL + 1));
        return iam.get(instance.roleName()).attachedPolicies().first();
    }

    private void assertRepaired() {
        assertThat(await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM)))
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        done -> assertThat(done.steps()).isNotEmpty());
        assertThat(iam.permissions(instance.roleName())).isEqualTo(withBots(FULL + 1));
        assertThat(iam.policiesOf(instance.roleName()))
                .isEqualTo(iam.get(instance.roleName()).attachedPolicies())
                .hasSize(1);
        assertThat(await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM)))
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        done -> assertThat(done.steps()).isEmpty());
    }

    private RoleRecord record() {
        return await(ledger.load(instance.id())).orElseThrow();
    }

    private static SortedSet<Permission> withBots(int many) {
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        permissions.addAll(Bots.permissions(0, many));
        return permissions;
    }
}
