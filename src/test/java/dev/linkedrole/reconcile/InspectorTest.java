package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.IamFailedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An inspection of a role: desired and actual state. */
class InspectorTest {

    private static final String POLICIES = "arn:aws:iam::111122223333:policy/linked-role/connect.amazonaws.com/";
    private static final String ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final Inspector inspector = cloud.process(calls).parts().inspector();

    @Test
    void a_role_that_is_as_it_has_to_be_is_the_same_on_both_sides() {
        // When
        Inspection inspection = inspect(after(instance.created(0)));

        // Then
        assertThat(inspection.desiredPolicies()).containsOnlyKeys(PolicySlot.INLINE_POLICY);
        assertThat(inspection.actualPolicies()).isEqualTo(inspection.desiredPolicies());
        assertThat(inspection.actualTrust()).isPresent().isEqualTo(Inspection.trust(inspection.desired()));
        assertThat(inspection.actualArn())
                .hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + instance.roleName()));
        assertThat(calls.calls)
                .containsExactlyInAnyOrder("GetRole", "ListRolePolicies", "ListAttachedRolePolicies", "GetRolePolicy");
    }

    @Test
    void managed_policies_go_by_their_arns_and_come_with_their_versions() {
        // Given
        after(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 10));
        RoleRecord record = after(Bots.enabled(instance, 2, Bots.FIT_INLINE + 10, Bots.FIT_INLINE + 11));
        String policy = POLICIES + instance.roleName() + "-1";

        // When
        Inspection inspection = inspect(record);

        // Then
        assertThat(inspection.desiredPolicies()).containsOnlyKeys(PolicySlot.INLINE_POLICY, policy);
        assertThat(inspection.actualPolicies()).isEqualTo(inspection.desiredPolicies());
        assertThat(inspection.attached())
                .hasEntrySatisfying(
                        policy, attached -> assertThat(attached.versions()).containsExactly("v2", "v1"));

        // And by their names of a role that was never read, and that has no ARN
        assertThat(Inspection.policies(inspection.desired(), Optional.empty()))
                .containsOnlyKeys(PolicySlot.INLINE_POLICY, instance.roleName() + "-1");
    }

    @Test
    void placement_comes_from_the_actual_role_whatever_is_recorded() {
        // Given a role of which some were taken from the first of its two policies, and none were moved
        after(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 60));
        RoleRecord record = after(Bots.disabled(instance, 2, 0, 50));
        assertThat(inspect(record).actualPolicies()).hasSize(2);

        // When
        RoleRecord ignorant = record.made(record.roleArn().orElseThrow());
        Inspection inspection = inspect(ignorant);

        // Then
        assertThat(inspection.desiredPolicies()).isEqualTo(inspection.actualPolicies());
        assertThat(Inspection.policies(inspector.desired(ignorant), record.roleArn()))
                .isNotEqualTo(inspection.desiredPolicies());
    }

    @Test
    void what_was_put_in_by_hand_is_on_one_side_only() {
        // Given
        RoleRecord record = after(instance.created(0));
        String name = instance.roleName().value();
        cloud.administrator()
                .attachRolePolicy(r -> r.roleName(name).policyArn(ADMINISTRATOR))
                .join();
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(name).policyName("by-hand").policyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}"""))
                .join();

        // When
        Inspection inspection = inspect(record);

        // Then
        assertThat(inspection.desiredPolicies()).containsOnlyKeys(PolicySlot.INLINE_POLICY);
        assertThat(inspection.actualPolicies()).containsKeys(PolicySlot.INLINE_POLICY, "by-hand");
        assertThat(((ActualRole.Present) inspection.actual()).attachedPolicies())
                .containsExactly(ADMINISTRATOR);
    }

    @Test
    void a_missing_role_has_no_actual_state_and_an_unneeded_one_no_desired_one() {
        // Given
        RoleRecord record =
                after(instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/a"));

        // When
        Inspection inspection = inspect(record);

        // Then
        assertThat(inspection.desiredPolicies()).isEmpty();
        assertThat(inspection.actualPolicies()).isEmpty();
        assertThat(Inspection.trust(inspection.desired())).isEmpty();
        assertThat(inspection.actualTrust()).isEmpty();
        assertThat(inspection.actualArn()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Throttling, true", "AccessDenied, false"})
    void that_iam_does_not_answer_as_it_should_is_told_with_whether_it_may_pass(String fault, boolean passing) {
        // Given
        RoleRecord record = after(instance.created(0));
        calls.before("ListRolePolicies", () -> {
            throw passing ? IamFaults.throttling() : IamFaults.accessDenied("ListRolePolicies", "*");
        });

        // When
        Uni<Inspection> inspection = inspector.inspect(record);

        // Then
        assertThatThrownBy(() -> await(inspection))
                .isInstanceOfSatisfying(
                        IamFailedException.class,
                        failed -> assertThat(failed.passing()).isEqualTo(passing))
                .hasMessageContaining(fault);
    }

    private Inspection inspect(RoleRecord record) {
        return await(inspector.inspect(record));
    }

    /** Returns the record after these events were handled. */
    private RoleRecord after(RoleEvent... events) {
        ModelCloud.MortalProcess process = cloud.process();
        process.take(events);
        return process.record(instance);
    }
}
