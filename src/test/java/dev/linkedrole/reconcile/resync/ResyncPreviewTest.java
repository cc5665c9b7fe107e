package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.RolePreview;
import dev.linkedrole.reconcile.RolePreview.Action;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The preview of a resync: it says what the resync then does, and writes nothing. */
class ResyncPreviewTest {

    private static final Set<String> READS = Set.of("Get", "List", "Load");

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false, Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    private final InterruptedReplica calls = new InterruptedReplica();

    @Test
    void a_role_as_desired_does_not_change() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));

        // When
        ResyncPreview preview = preview(cloud.process(calls), instance);

        // Then
        assertThat(preview.changes()).isEmpty();
        assertThat(preview.failures()).isEmpty();
        assertThat(preview.unchanged()).isOne();
    }

    @Test
    void a_missing_role_is_created_with_all_its_grants() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.removeByHand(instance.roleName());

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.CREATE);
        assertThat(preview.granted()).anyMatch(line -> line.contains(Bots.bot(1)));
        assertThat(preview.revoked()).isEmpty();
        assertThat(cloud.roles()).isEmpty();
        assertResyncDoes(preview);
    }

    @Test
    void grants_that_were_added_by_hand_are_revoked() {
        // Given
        cloud.process().take(instance.created(0));
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName("by-hand")
                        .policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Sid":"Mine","Effect":"Allow","Action":"s3:*","Resource":"*"}]}"""))
                .join();

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.CHANGE);
        assertThat(preview.steps()).containsExactly(new Step.DeleteInlinePolicy("by-hand"));
        assertThat(preview.revoked()).isNotEmpty().allMatch(line -> line.contains("Mine") || line.contains("s3:*"));
        assertThat(preview.granted()).isEmpty();
        assertThat(cloud.inlinePolicies(instance.roleName()))
                .hasValueSatisfying(policies -> assertThat(policies).containsKey("by-hand"));
        assertResyncDoes(preview);
    }

    @Test
    void grants_that_are_recorded_and_not_in_iam_are_previewed() {
        // Given
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, 3));
        process.record(Bots.disabled(instance, 2, 0, 1));
        process.record(Bots.enabled(instance, 3, 7, 8));

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.granted()).singleElement().asString().contains(Bots.bot(7));
        assertThat(preview.revoked()).singleElement().asString().contains(Bots.bot(0));
        assertResyncDoes(preview);
    }

    @Test
    void a_role_that_needs_fewer_policies_is_changed_and_not_deleted() {
        // Given
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 20));
        process.record(Bots.disabled(instance, 2, 2, Bots.FIT_INLINE + 20));

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.CHANGE);
        assertThat(preview.revoked()).hasSize(Bots.FIT_INLINE + 18);
        assertThat(preview.steps()).anyMatch(Step.DeletePolicy.class::isInstance);
        assertResyncDoes(preview);
    }

    @Test
    void the_role_of_a_deleted_instance_is_deleted() {
        // Given
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(0));
        process.record(instance.deleted(1));

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.DELETE);
        assertThat(preview.steps()).endsWith(new Step.DeleteRole());
        assertThat(cloud.roles()).contains(instance.roleName().value());
        assertResyncDoes(preview);
    }

    @Test
    void another_boundary_is_a_change_under_the_settings_that_run_now() {
        // Given
        cloud.process().take(instance.created(0));
        RoleSettings bounded = new RoleSettings(
                Defaults.SETTINGS.namePrefix(),
                Defaults.SETTINGS.path(),
                Optional.of("arn:aws:iam::111122223333:policy/bound"),
                Defaults.SETTINGS.owner());

        // When
        RolePreview preview = only(cloud.process(calls, bounded));

        // Then
        assertThat(preview.action()).isEqualTo(Action.CHANGE);
        assertThat(preview.steps()).containsExactly(new Step.PutBoundary("arn:aws:iam::111122223333:policy/bound"));
    }

    @Test
    void a_role_of_others_is_blocked() {
        // Given
        cloud.administrator()
                .createRole(r -> r.roleName(instance.roleName().value()).assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}"""))
                .join();
        cloud.process().record(instance.created(0));

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.BLOCKED);
        assertThat(preview.condition()).map(Condition::type).contains(Condition.Type.RoleNameTaken);
        assertThat(preview.steps()).isEmpty();
    }

    @Test
    void grants_beyond_the_record_of_a_lost_ledger_are_not_previewed_as_revoked() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        cloud.process().take(instance.created(2));

        // When
        RolePreview preview = only(cloud.process(calls));

        // Then
        assertThat(preview.action()).isEqualTo(Action.BLOCKED);
        assertThat(preview.condition()).map(Condition::type).contains(Condition.Type.RoleNotRecorded);
        assertThat(preview.revoked()).isEmpty();
    }

    @Test
    void a_role_that_cannot_be_read_does_not_affect_the_others() {
        // Given
        Instance other = Instance.random();
        cloud.process().take(instance.created(0), other.created(0));
        cloud.removeByHand(instance.roleName());
        cloud.removeByHand(other.roleName());
        int[] reads = {0};
        InterruptedReplica failing = new InterruptedReplica().before("GetRole", () -> {
            if (reads[0]++ == 0) {
                throw IamFaults.serviceFailure();
            }
        });

        // When
        ResyncPreview preview = preview(cloud.process(failing), instance, other);

        // Then
        assertThat(preview.failures())
                .hasSize(1)
                .allSatisfy((id, why) -> assertThat(why).contains("ServiceFailure"));
        assertThat(preview.changes())
                .singleElement()
                .extracting(RolePreview::action)
                .isEqualTo(Action.CREATE);
    }

    private RolePreview only(ModelCloud.MortalProcess process) {
        ResyncPreview preview = preview(process, instance);
        assertThat(preview.failures()).isEmpty();
        assertThat(preview.changes()).hasSize(1);
        assertThat(calls.calls).allMatch(call -> READS.stream().anyMatch(call::startsWith));
        return preview.changes().getFirst();
    }

    private static ResyncPreview preview(ModelCloud.MortalProcess process, Instance... instances) {
        return await(process.parts()
                .previewer(Duration.ofHours(1), 1)
                .preview(List.of(instances).stream().map(Instance::id).toList()));
    }

    /** The resync makes the calls of the preview, in its order. */
    private void assertResyncDoes(RolePreview preview) {
        Reconciliation done = await(cloud.process().reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(done)
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        inForce -> assertThat(inForce.steps())
                                .isEqualTo(preview.steps().stream()
                                        .map(Step::summary)
                                        .toList()));
    }
}
