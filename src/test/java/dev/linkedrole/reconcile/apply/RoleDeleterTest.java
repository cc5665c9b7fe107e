package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The calls by which a role is deleted. */
class RoleDeleterTest {

    private final Instance instance = Instance.random();
    private final String name = instance.roleName().value();
    private final ModelCloud cloud = new ModelCloud(false);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);

    @Test
    void what_is_known_to_be_on_the_role_is_taken_off_without_a_look() {
        // Given
        cloud.process().take(instance.created(0));

        // When
        delete();

        // Then
        assertThat(calls.calls)
                .containsExactly("Load", "Record", "GetRole", "DeleteRolePolicy", "DeleteRole", "MarkApplied");
        assertThat(cloud.permissions(instance.roleName())).isEmpty();
    }

    @Test
    void what_somebody_has_put_on_it_is_looked_for_if_it_is_in_the_way() {
        // Given
        cloud.process().take(instance.created(0));
        cloud.administrator()
                .attachRolePolicy(r -> r.roleName(name).policyArn("arn:aws:iam::aws:policy/AdministratorAccess"))
                .join();

        // When
        delete();

        // Then
        assertThat(calls.calls).contains("ListAttachedRolePolicies", "DetachRolePolicy");
        assertThat(cloud.permissions(instance.roleName())).isEmpty();
    }

    @Test
    void a_call_that_may_pass_is_no_reason_to_look() {
        // Given
        cloud.process().take(instance.created(0));
        calls.before("DeleteRole", () -> {
            throw IamFaults.serviceFailure();
        });

        // When
        Uni<HandlingResult> handled = process.handler().handle(instance.deleted(9), false);

        // Then
        assertThatThrownBy(() -> await(handled)).isInstanceOf(IamCallException.class);
        assertThat(calls.calls).doesNotContain("ListRolePolicies", "ListAttachedRolePolicies");
    }

    @Test
    void the_managed_policies_of_a_role_that_somebody_has_deleted_go_as_well() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 20));
        cloud.attached(instance.roleName())
                .forEach(arn -> cloud.administrator()
                        .detachRolePolicy(r -> r.roleName(name).policyArn(arn))
                        .join());
        cloud.removeByHand(instance.roleName());
        assertThat(cloud.policies()).hasSize(1);

        // When
        delete();

        // Then
        assertThat(cloud.policies()).isEmpty();
    }

    @Test
    void a_role_that_another_one_deletes_during_the_look_is_gone() {
        // Given a clock by which IAM had all the time to show the role
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        ModelCloud later = new ModelCloud(false, now::get);
        later.process().take(instance.created(0));
        String byHand = "arn:aws:iam::aws:policy/AdministratorAccess";
        later.administrator()
                .attachRolePolicy(r -> r.roleName(name).policyArn(byHand))
                .join();
        calls.before("ListRolePolicies", () -> {
            later.administrator()
                    .detachRolePolicy(r -> r.roleName(name).policyArn(byHand))
                    .join();
            later.administrator().deleteRole(r -> r.roleName(name)).join();
            now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
        });
        ModelCloud.MortalProcess slow = later.process(calls);

        // When
        await(slow.handler().handle(instance.deleted(9), false));

        // Then
        assertThat(slow.record(instance).settled()).isTrue();
        assertThat(slow.record(instance).conditions()).isEmpty();
    }

    private void delete() {
        await(process.handler().handle(instance.deleted(9), false));
    }
}
