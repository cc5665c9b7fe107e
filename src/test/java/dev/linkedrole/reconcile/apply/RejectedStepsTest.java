package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes of a role that are still made when IAM rejects others for good. */
class RejectedStepsTest {

    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/bound";
    private static final RoleSettings BOUNDED = new RoleSettings(
            Defaults.SETTINGS.namePrefix(), Defaults.SETTINGS.path(), Optional.of(BOUNDARY), Defaults.SETTINGS.owner());

    private static final String ALL = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();
    private final ModelCloud cloud = new ModelCloud(true);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls, BOUNDED);

    @ParameterizedTest
    @ValueSource(strings = {"UpdateAssumeRolePolicy", "PutRolePermissionsBoundary", "UpdateRoleDescription"})
    void whatever_is_rejected_permissions_are_taken_and_granted(String operation) {
        // Given a role that differs in all of that, and was granted everything by hand
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 2), described("ours"));
        reject(operation);
        cloud.administrator()
                .updateAssumeRolePolicy(r -> r.roleName(name.value()).policyDocument(TRUST))
                .join();
        cloud.administrator()
                .deleteRolePermissionsBoundary(r -> r.roleName(name.value()))
                .join();
        cloud.administrator()
                .updateRoleDescription(r -> r.roleName(name.value()).description("theirs"))
                .join();
        plant();

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertMay(bots(0, 2));
        assertThat(process.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.RefusedByIam);
            assertThat(condition.detail())
                    .contains("IAM answered " + operation + " with AccessDenied")
                    .contains("Still open: set the ");
        });

        // And so are what events take and grant afterwards
        process.take(Bots.disabled(instance, 3, 0, 1), Bots.enabled(instance, 4, 5, 6));
        assertMay(union(bots(1, 2), bots(5, 6)));

        // And it is all put right once it may be
        calls.before(operation, () -> {});
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertInForce();
        assertThat(cloud.description(name)).contains("ours");
    }

    @Test
    void a_rejected_description_is_only_a_condition() {
        // Given
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        reject("UpdateRoleDescription");

        // When
        HandlingResult handled = await(process.handler().handle(described("ours"), false));

        // Then the revision is in force, and all events are acknowledged
        assertThat(handled.reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        RoleRecord record = process.record(instance);
        assertThat(record.settled()).isTrue();
        assertThat(record.pendingAcknowledgements().isEmpty()).isTrue();
        assertThat(record.conditions()).extracting(Condition::type).containsExactly(Condition.Type.RefusedByIam);

        // And so are those whose events change nothing
        await(process.handler().handle(Bots.enabled(instance, 1, 0, 2), false));
        assertThat(process.record(instance).pendingAcknowledgements().isEmpty()).isTrue();
    }

    @Test
    void nobody_is_told_that_a_role_without_its_boundary_is_in_force() {
        // Given
        process.take(instance.created(0));
        reject("PutRolePermissionsBoundary");
        cloud.administrator()
                .deleteRolePermissionsBoundary(r -> r.roleName(name.value()))
                .join();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // When
        HandlingResult granted = await(process.handler().handle(Bots.enabled(instance, 1, 0, 2), false));
        HandlingResult again = await(process.handler().handle(Bots.enabled(instance, 1, 0, 2), false));

        // Then
        assertThat(List.of(granted.reconciliation(), again.reconciliation()))
                .allMatch(Reconciliation.Blocked.class::isInstance);
        assertMay(bots(0, 2));
        assertThat(process.record(instance).settled()).isFalse();
        assertThat(process.record(instance).pendingAcknowledgements().isEmpty()).isFalse();
    }

    @Test
    void what_is_taken_goes_even_if_what_comes_instead_does_not_fit() {
        // Given a role in which others have left little room, and keep us from making more
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 3));
        cloud.administrator()
                .putRolePolicy(
                        r -> r.roleName(name.value()).policyName("theirs").policyDocument(large()))
                .join();
        reject("DeleteRolePolicy");

        // When much is enabled, and little disabled
        process.record(Bots.disabled(instance, 2, 0, 1));
        process.record(Bots.enabled(instance, 2, 10, 60));
        Reconciliation held = await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(held).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(permissions()).doesNotContainAnyElementsOf(bots(0, 1)).containsAll(bots(1, 3));
    }

    @Test
    void one_policy_that_may_not_be_deleted_does_not_keep_the_others() {
        // Given
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        plant();
        cloud.administrator()
                .attachRolePolicy(
                        r -> r.roleName(name.value()).policyArn("arn:aws:iam::aws:policy/AdministratorAccess"))
                .join();
        reject("DetachRolePolicy");

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(cloud.inlinePolicies(name).orElseThrow()).isEmpty();
        assertThat(process.record(instance).conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.detail())
                        .contains("DetachRolePolicy")
                        .contains("delete the role"));

        // And it goes once it may
        calls.before("DetachRolePolicy", () -> {});
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(cloud.permissions(name)).isEmpty();
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @Test
    void nothing_is_done_to_a_role_that_may_not_be_marked_as_ours() {
        // Given a foreign one that is to be adopted
        cloud.administrator()
                .createRole(r -> r.roleName(name.value()).assumeRolePolicyDocument(TRUST))
                .join();
        plant();
        reject("TagRole");

        // When
        process.take(instance.created(0), instance.adopted(Instant.now().plus(Duration.ofHours(1))));

        // Then
        assertThat(calls.calls).doesNotContain("PutRolePolicy", "DeleteRolePolicy", "UpdateAssumeRolePolicy");
        assertThat(process.record(instance).conditions())
                .extracting(Condition::type)
                .containsExactly(Condition.Type.RefusedByIam);
    }

    @Test
    void an_outgrown_role_keeps_its_grants_while_no_policy_may_be_made() {
        // Given
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE));
        reject("CreatePolicy");

        // When
        process.take(
                Bots.enabled(instance, 2, Bots.FIT_INLINE, Bots.FIT_INLINE + 30), Bots.disabled(instance, 3, 0, 1));

        // Then
        assertThat(permissions()).containsAll(bots(1, Bots.FIT_INLINE)).doesNotContainAnyElementsOf(bots(0, 1));
        assertThat(process.record(instance).settled()).isFalse();
    }

    @Test
    void who_was_rejected_and_overtaken_sees_to_it_that_the_newest_holds() {
        // Given a replica that is rejected, and is interrupted by another one that revokes permissions
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.administrator()
                .deleteRolePermissionsBoundary(r -> r.roleName(name.value()))
                .join();
        ModelCloud.MortalProcess other = cloud.process(CrashPlan.never());
        InterruptedReplica slow = new InterruptedReplica().before("PutRolePermissionsBoundary", () -> {
            throw IamFaults.accessDenied("PutRolePermissionsBoundary", name.value());
        });
        ModelCloud.MortalProcess rejected = cloud.process(slow, BOUNDED);
        slow.before("PutRolePolicy", () -> {
            slow.before("PutRolePolicy", () -> {});
            other.take(Bots.disabled(instance, 3, 0, 1));
        });

        // When
        rejected.record(Bots.enabled(instance, 2, 7, 8));
        await(rejected.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertMay(union(bots(1, 2), bots(7, 8)));
    }

    @Test
    void what_is_recorded_is_written_even_to_a_role_that_may_not_be_read() {
        // Given one that has a condition since
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 3));
        reject("GetRole");
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(process.record(instance).conditions()).hasSize(1);

        // When
        process.take(Bots.disabled(instance, 2, 0, 1));
        process.take(Bots.disabled(instance, 3, 1, 2), Bots.enabled(instance, 4, 5, 6));

        // Then
        assertMay(union(bots(2, 3), bots(5, 6)));
        assertThat(process.record(instance).conditions())
                .singleElement()
                .satisfies(condition -> assertThat(condition.detail()).contains("GetRole with AccessDenied"));

        // And it is in force once it may be read
        calls.before("GetRole", () -> {});
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertInForce();
    }

    @Test
    void a_role_that_may_be_anothers_is_not_written_unseen() {
        // Given one whose tags were removed by hand
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 3));
        cloud.administrator()
                .untagRole(r -> r.roleName(name.value()).tagKeys(RoleTags.OWNER_TAG))
                .join();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(process.record(instance).conditions())
                .extracting(Condition::type)
                .containsExactly(Condition.Type.RoleNameTaken);
        reject("GetRole");

        // When
        process.take(Bots.disabled(instance, 2, 0, 1));

        // Then
        assertMay(bots(0, 3));
    }

    @Test
    void policies_grow_and_shrink_while_old_versions_may_not_be_deleted() {
        // Given a role with several policies
        int many = Bots.FIT_INLINE + 60;
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, many));
        reject("DeletePolicyVersion");

        // When their versions come to be as many as there may be
        for (int i = 1; i <= 4; i++) {
            process.take(Bots.disabled(instance, 1 + i, many - i, many - i + 1));
        }

        // Then
        assertMay(bots(0, many - 4));
        assertInForce();
    }

    private void reject(String operation) {
        calls.before(operation, () -> {
            throw IamFaults.accessDenied(operation, name.value());
        });
    }

    private void plant() {
        cloud.administrator()
                .putRolePolicy(
                        r -> r.roleName(name.value()).policyName("planted").policyDocument(ALL))
                .join();
    }

    private static String large() {
        return """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::%s"}]}""".formatted("x".repeat(8_600));
    }

    private RoleEvent described(String text) {
        return new RoleEvent.DescriptionEdited(
                new EventId("edit-" + text, "operator"),
                instance.arn(),
                Instance.START.plusSeconds(2),
                new RoleDescription(text));
    }

    private static Set<Permission> bots(int from, int to) {
        return Bots.permissions(from, to);
    }

    private static Set<Permission> union(Set<Permission> one, Set<Permission> other) {
        Set<Permission> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private Set<Permission> permissions() {
        return cloud.permissions(name).orElseThrow();
    }

    private void assertMay(Set<Permission> beyondBase) {
        assertThat(permissions()).containsExactlyInAnyOrderElementsOf(union(ContractTable.BASE, beyondBase));
    }

    private void assertInForce() {
        RoleRecord record = process.record(instance);
        assertThat(record.settled()).isTrue();
        assertThat(record.conditions()).isEmpty();
    }
}
