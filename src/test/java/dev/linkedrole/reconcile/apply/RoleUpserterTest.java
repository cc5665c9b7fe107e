package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The calls by which a role is made as desired, depending on what is known of it. */
class RoleUpserterTest {

    /** Number of bots that need one managed policy beside the inline one. */
    private static final int TWO_POLICIES = Bots.FIT_INLINE + 20;

    private static final String TRUST = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final ModelCloud.MortalProcess another = cloud.process();
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);

    @Test
    void a_role_with_several_policies_is_made_without_a_look() {
        // Given
        another.take(Bots.enabled(instance, 1, 0, TWO_POLICIES));

        // When
        await(process.handler().handle(instance.created(0), false));

        // Then
        assertThat(calls.calls).doesNotContain("GetRole", "GetPolicy").contains("CreateRole", "CreatePolicy");
        assertBots(TWO_POLICIES);
    }

    @Test
    void a_role_with_several_policies_grows_without_a_look() {
        // Given
        another.take(instance.created(0), Bots.enabled(instance, 1, 0, TWO_POLICIES));

        // When
        await(process.handler().handle(Bots.enabled(instance, 2, TWO_POLICIES, TWO_POLICIES + 1), false));

        // Then
        assertThat(calls.calls).containsExactly("Load", "Record", "CreatePolicyVersion", "MarkApplied");
        assertBots(TWO_POLICIES + 1);
    }

    @Test
    void policies_begun_by_a_dead_replica_are_read_before_they_are_made() {
        // Given a replica that had reserved a policy and not made it
        another.record(Bots.enabled(instance, 1, 0, TWO_POLICIES));
        Uni<HandlingResult> dies = cloud.process(new InterruptedReplica().before("CreateRole", () -> {
                    throw IamFaults.serviceFailure();
                }))
                .handler()
                .handle(instance.created(0), false);
        assertThatThrownBy(() -> await(dies)).isInstanceOf(IamCallException.class);
        RoleRecord begun = another.record(instance);
        await(another.ledger().reserve(begun, "arn:aws:iam::111122223333:role/" + instance.roleName(), 1));

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.LEDGER));

        // Then
        assertThat(calls.calls).startsWith("Load", "GetRole").contains("CreateRole", "CreatePolicy");
        assertBots(TWO_POLICIES);
    }

    @Test
    void several_policies_that_another_may_have_written_are_looked_at() {
        // Given
        another.take(instance.created(0), Bots.enabled(instance, 1, 0, TWO_POLICIES));
        another.record(Bots.enabled(instance, 2, TWO_POLICIES, TWO_POLICIES + 1));

        // When
        await(process.handler().handle(Bots.enabled(instance, 3, TWO_POLICIES + 1, TWO_POLICIES + 2), false));

        // Then
        assertThat(calls.calls).startsWith("Load", "Record", "GetRole");
        assertBots(TWO_POLICIES + 2);
    }

    @Test
    void where_it_was_placed_is_not_known_one_looks() {
        // Given a record that knows of the role, and nothing of its policies
        another.take(instance.created(0), Bots.enabled(instance, 1, 0, TWO_POLICIES));
        RoleRecord ignorant =
                another.record(instance).made(another.record(instance).roleArn().orElseThrow());

        // When
        await(process.reconciler().reconcile(next(ignorant, Bots.enabled(instance, 2, 0, 1)), ReconcileMode.LEDGER));

        // Then
        assertThat(calls.calls).startsWith("GetRole");
    }

    @Test
    void a_role_that_is_not_there_any_more_is_made_again() {
        // Given
        another.take(instance.created(0));
        cloud.removeByHand(instance.roleName());

        // When
        await(process.handler().handle(Bots.enabled(instance, 1, 0, 1), false));

        // Then
        assertThat(calls.calls)
                .containsExactly(
                        "Load", "Record", "PutRolePolicy", "GetRole", "CreateRole", "PutRolePolicy", "MarkApplied");
        assertBots(1);
    }

    @Test
    void a_role_that_is_there_already_and_ours_is_gone_on_with() {
        // Given a replica that died after it had made it
        Uni<HandlingResult> dies = cloud.process(new InterruptedReplica().before("PutRolePolicy", () -> {
                    throw IamFaults.serviceFailure();
                }))
                .handler()
                .handle(instance.created(0), false);
        assertThatThrownBy(() -> await(dies)).isInstanceOf(IamCallException.class);

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.LEDGER));

        // Then
        assertThat(calls.calls).startsWith("Load", "CreateRole", "GetRole").endsWith("PutRolePolicy", "MarkApplied");
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void a_call_that_may_pass_is_no_reason_to_look() {
        // Given
        another.take(instance.created(0));
        calls.before("PutRolePolicy", () -> {
            throw IamFaults.serviceFailure();
        });

        // When
        Uni<HandlingResult> handled = process.handler().handle(Bots.enabled(instance, 1, 0, 1), false);

        // Then
        assertThatThrownBy(() -> await(handled)).isInstanceOf(IamCallException.class);
        assertThat(calls.calls).doesNotContain("GetRole");
    }

    @Test
    void a_new_entity_is_waited_for_until_visible_at_most_six_times() {
        // Given
        AtomicInteger times = new AtomicInteger();
        calls.before("PutRolePolicy", () -> {
            if (times.getAndIncrement() < 2) {
                throw IamFaults.noSuch("The role is not to be seen yet.");
            }
        });

        // When
        await(process.handler().handle(instance.created(0), false));

        // Then
        assertThat(calls.calls)
                .containsExactly(
                        "Load",
                        "Record",
                        "CreateRole",
                        "PutRolePolicy",
                        "PutRolePolicy",
                        "PutRolePolicy",
                        "MarkApplied");
    }

    @Test
    void a_policy_that_was_just_made_is_waited_for_where_it_is_attached() {
        // Given
        another.take(instance.created(0));
        AtomicInteger times = new AtomicInteger();
        calls.before("AttachRolePolicy", () -> {
            if (times.getAndIncrement() == 0) {
                throw IamFaults.noSuch("The policy is not to be seen yet.");
            }
        });

        // When
        await(process.handler().handle(Bots.enabled(instance, 1, 0, TWO_POLICIES), false));

        // Then
        assertThat(calls.count("AttachRolePolicy")).isEqualTo(2);
        assertThat(calls.count("GetRole")).isZero();
        assertBots(TWO_POLICIES);
    }

    @Test
    void what_is_recorded_and_does_not_fit_is_held() {
        // Given
        another.take(instance.created(0));
        another.record(Bots.enabled(instance, 1, 0, 1_200));

        // When
        Reconciliation reconciliation = await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(reconciliation).isInstanceOfSatisfying(Reconciliation.Blocked.class, held -> {
            assertThat(held.condition().type()).isEqualTo(Condition.Type.PolicyTooLarge);
            assertThat(held.condition().detail())
                    .startsWith("the permissions are ")
                    .endsWith("10240 in its inline policies and 10 managed policies of 6144 each");
        });
        assertThat(calls.calls).containsExactly("Load", "SetCondition");
        assertBots(0);
    }

    @Test
    void a_role_of_somebody_else_is_adopted_if_the_word_came_after_it_was_made() {
        // Given
        cloud.administrator()
                .createRole(r -> r.roleName(instance.roleName().value()).assumeRolePolicyDocument(TRUST))
                .join();
        another.record(instance.adopted(Instant.EPOCH));

        // When
        await(process.handler().handle(instance.created(0), false));

        // Then
        assertThat(another.record(instance).conditions())
                .extracting(Condition::type)
                .containsExactly(Condition.Type.RoleNameTaken);

        // And when it came
        await(process.handler().handle(instance.adopted(Instant.now().plus(Duration.ofHours(1))), true));
        assertThat(another.record(instance).conditions()).isEmpty();
        assertBots(0);
    }

    private static RoleRecord next(RoleRecord record, RoleEvent event) {
        return record.next(record.role().apply(event), Instant.now());
    }

    private void assertBots(int bots) {
        Set<Object> allowed = new HashSet<>(ContractTable.BASE);
        allowed.addAll(Bots.permissions(0, bots));
        assertThat(cloud.permissions(instance.roleName()))
                .hasValueSatisfying(permissions ->
                        assertThat(new HashSet<Object>(permissions)).containsAll(allowed));
    }
}
