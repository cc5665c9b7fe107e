package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two deployments with the same owner, each with a ledger of its own. */
class ContestedTest {

    private static final RoleSettings ONE = Defaults.SETTINGS.of(Optional.of("arn:aws:dynamodb:us-east-1:1:table/one"));
    private static final RoleSettings TWO = Defaults.SETTINGS.of(Optional.of("arn:aws:dynamodb:us-east-1:1:table/two"));

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);

    @Test
    void the_other_ones_role_is_left_alone_and_named() {
        // Given
        cloud.process(ONE).take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        var left = cloud.permissions(instance.roleName());
        cloud.loseLedger();

        // When
        ModelCloud.MortalProcess two = cloud.process(TWO);
        two.take(instance.created(0), Bots.enabled(instance, 1, 5, 6));
        await(two.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(cloud.permissions(instance.roleName())).isEqualTo(left);
        assertThat(two.record(instance).condition(Condition.Type.Contested))
                .hasValueSatisfying(condition ->
                        assertThat(condition.detail()).contains(ONE.deployment().orElseThrow()));

        // And when its instance goes
        two.take(instance.deleted(9));
        assertThat(cloud.permissions(instance.roleName())).isEqualTo(left);
    }

    @Test
    void a_role_of_before_is_marked_when_it_is_next_compared_by_one_call() {
        // Given
        cloud.process().take(instance.created(0));
        InterruptedReplica calls = new InterruptedReplica();

        // When
        await(cloud.process(calls, ONE).reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(cloud.tags(instance.roleName()))
                .containsEntry(RoleTags.DEPLOYMENT_TAG, ONE.deployment().orElseThrow());
        assertThat(calls.calls.stream().filter(call -> !call.startsWith("Get") && !call.startsWith("List")))
                .containsExactly("Load", "TagRole", "MarkApplied");
    }

    @Test
    void one_of_before_that_the_other_has_marked_is_not_written_without_a_look() {
        // Given a role that both have recorded as theirs
        cloud.process().take(instance.created(0));
        await(cloud.process(ONE).reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        ModelCloud.MortalProcess two = cloud.process(TWO);

        // When
        two.take(Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(two.record(instance).condition(Condition.Type.Contested)).isPresent();
        assertThat(cloud.tags(instance.roleName()))
                .containsEntry(RoleTags.DEPLOYMENT_TAG, ONE.deployment().orElseThrow());
    }

    @Test
    void managed_policies_of_before_stay_ours() {
        // Given
        int bots = Bots.FIT_INLINE + 20;
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, bots));

        // When
        ModelCloud.MortalProcess one = cloud.process(ONE);
        await(one.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        one.take(Bots.enabled(instance, 2, bots, bots + 1));

        // Then
        assertThat(one.record(instance).conditions()).isEqualTo(List.of());
        assertThat(cloud.permissions(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsAll(Bots.permissions(0, bots + 1)));
    }
}
