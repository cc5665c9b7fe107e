package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.ModelledIam;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Service-linked roles that IAM protects, as AWS does: permitted changes are made, and others become a condition
 * without retries.
 */
class ProtectedRoleTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final Ledger ledger = ModelLedger.prompt();
    private final ModelledIam iam = ModelledIam.deletingIn(Duration.ZERO);
    private final Replica replica = iam.replica(ledger);
    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();

    @Test
    void the_role_is_made_ours_with_a_condition_of_what_cannot_be_done() {
        // When
        replica.takeAll(instance.created(0));

        // Then
        assertThat(iam.take()).containsExactly("CreateServiceLinkedRole", "TagRole", "PutRolePolicy");
        assertThat(iam.get(name).tags()).containsKeys(RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG);
        assertThat(iam.get(name).inlinePolicies()).isEmpty();
        assertThat(record().roleArn()).contains(iam.get(name).arn());
        assertThat(record().settled()).isFalse();
        assertThat(record().conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.ProtectedRole);
            assertThat(condition.detail())
                    .contains(
                            "have the service itself enable",
                            "customer-managed",
                            "PutRolePolicy",
                            "UnmodifiableEntity");
        });
    }

    @Test
    void a_role_that_is_seen_only_a_while_after_it_was_made_is_tagged_then() {
        // Given
        ModelledIam behind = new ModelledIam(Duration.ofMillis(500), Duration.ZERO);

        // When
        behind.replica(ledger).takeAll(instance.created(0));

        // Then
        assertThat(record().roleArn()).isPresent();
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.ProtectedRole);
        behind.pass(Duration.ofSeconds(1));
        assertThat(behind.get(name).tags()).containsKeys(RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG);
    }

    @Test
    void a_name_that_is_taken_by_what_is_not_to_be_seen_is_a_condition() {
        // Given
        ModelledIam behind = new ModelledIam(Duration.ofHours(1), Duration.ZERO);
        await(behind.gateway()
                .carryOut(
                        name,
                        new Step.CreateRole(Defaults.SERVICE_LINKED_COMPILER.compileAnnounced(
                                instance.after(List.of(instance.created(0)))))));

        // When
        behind.replica(ledger).takeAll(instance.created(0));

        // Then
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RoleNameTaken);
        assertThat(record().roleArn()).isEmpty();

        // And once it is seen it is ours
        behind.pass(Duration.ofHours(2));
        await(behind.replica(ledger).reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(record().roleArn()).isPresent();
    }

    @Test
    void a_reconcile_does_not_try_again_what_was_rejected() {
        // Given
        replica.takeAll(instance.created(0));
        Condition before = record().conditions().getFirst();
        iam.take();

        // When
        Reconciliation first = await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        Reconciliation second = await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(first).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(second).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(iam.take())
                .containsOnly("GetRole", "ListRolePolicies", "ListAttachedRolePolicies")
                .hasSize(6);
        assertThat(record().conditions()).containsExactly(before);
    }

    @Test
    void an_event_with_a_new_request_is_tried_once_and_its_message_acked() {
        // Given
        replica.takeAll(instance.created(0));
        iam.take();

        // When
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM);
        HandlingResult handled = await(replica.take(enabled));

        // Then
        assertThat(handled.reconciliation()).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(iam.take()).containsOnlyOnce("PutRolePolicy").doesNotContain("CreateServiceLinkedRole");

        // And when it comes again
        await(replica.takeAgain(enabled));
        assertThat(iam.take()).doesNotContain("PutRolePolicy");
    }

    @Test
    void its_description_is_edited_all_the_same() {
        // Given
        replica.takeAll(instance.created(0));

        // When
        await(replica.takeAgain(new RoleEvent.DescriptionEdited(
                new EventId(UUID.randomUUID().toString(), "tests"),
                instance.arn(),
                Instant.now(),
                new RoleDescription("edited"))));

        // Then
        assertThat(iam.get(name).description()).isEqualTo("edited");
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.ProtectedRole);
    }

    @Test
    void it_is_made_again_if_it_is_missing() {
        // Given
        replica.takeAll(instance.created(0));
        iam.remove(name);
        assertThat(iam.find(name)).isEmpty();

        // When
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(iam.get(name).tags()).containsKeys(RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG);
        assertThat(iam.take()).doesNotContain("PutRolePolicy");
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.ProtectedRole);
    }

    @Test
    void it_is_deleted_in_three_calls() {
        // Given
        replica.takeAll(instance.created(0));
        iam.take();

        // When
        replica.takeAll(instance.deleted(9));

        // Then
        assertThat(iam.take())
                .containsExactly("GetRole", "DeleteServiceLinkedRole", "GetServiceLinkedRoleDeletionStatus");
        assertThat(iam.find(name)).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
    }

    private RoleRecord record() {
        return await(ledger.load(instance.id())).orElseThrow();
    }
}
