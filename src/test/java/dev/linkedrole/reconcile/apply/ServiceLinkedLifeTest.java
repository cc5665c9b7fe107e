package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.FailingGateway;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.iam.ServiceLinkedRole;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The life of a role in the mode service-linked, on an IAM that chooses its name and permits changes. */
@Tag("aws")
class ServiceLinkedLifeTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final Ledger ledger = SharedTable.ledger();
    private final Replica replica = Replica.serviceLinked(ledger, Replica.gateway());
    private final Instance instance = Instance.random();
    private final ServiceLinkedRole role = new ServiceLinkedRole(instance);

    @Test
    void it_is_made_grows_shrinks_and_goes() {
        // When the instance is announced
        replica.takeAll(instance.created(0));

        // Then
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
        assertThat(role.get().tags())
                .containsEntry(RoleTags.OWNER_TAG, "linked-role-controller")
                .containsEntry(RoleTags.INSTANCE_TAG, instance.arn().toString());
        assertRecordedAsItIs();

        // And when a feature is enabled
        replica.takeAll(instance.enabled(1, "agent-events", STREAM));
        assertThat(permissions()).hasSize(ContractTable.BASE.size() + 3);

        // And disabled
        replica.takeAll(instance.disabled(2, "agent-events"));
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
        assertRecordedAsItIs();

        // And when the instance is deleted
        String arn = role.get().arn();
        replica.takeAll(instance.deleted(9));
        assertThat(role.arn()).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
        assertThat(record().roleArn()).contains(arn);
        assertThat(steps())
                .contains("created the role", "set the ownership tags", "put the inline policy linked-role")
                .endsWith("deleted the role");
    }

    @Test
    void what_is_recorded_as_applied_is_granted_more_without_a_look() {
        // Given
        replica.takeAll(instance.created(0));

        // When an IAM that shows nothing is written to
        Replica.serviceLinked(ledger, new FailingGateway(Replica.gateway(), instance.roleName()))
                .takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(permissions()).hasSize(ContractTable.BASE.size() + 3);
        assertRecordedAsItIs();
    }

    @Test
    void its_events_may_come_twice_and_in_any_order() {
        // Given
        RoleEvent created = instance.created(0);
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM);

        // When
        replica.takeAll(enabled);
        assertThat(role.arn()).isEmpty();
        replica.takeAll(created, enabled, created);
        await(replica.takeAgain(created));
        await(replica.takeAgain(enabled));

        // Then
        assertThat(permissions()).hasSize(ContractTable.BASE.size() + 3);
        assertRecordedAsItIs();

        // And when it was deleted
        RoleEvent deleted = instance.deleted(9);
        replica.takeAll(deleted, deleted, instance.enabled(3, "agent-events", STREAM));
        await(replica.takeAgain(deleted));
        await(replica.takeAgain(created));
        assertThat(role.arn()).isEmpty();
        assertThat(record().settled()).isTrue();
    }

    @Test
    void an_instance_that_was_never_announced_is_deleted_without_a_role() {
        // When
        replica.takeAll(instance.enabled(1, "agent-events", STREAM), instance.deleted(9));

        // Then
        assertThat(role.arn()).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
    }

    @Test
    void manual_changes_are_reverted_and_policies_of_its_service_stay() {
        // Given
        replica.takeAll(instance.created(0));
        SortedSet<String> ofTheService = role.get().attachedPolicies();
        role.byHand().putPolicy(PolicySlot.INLINE_POLICY, "sqs:*").putPolicy("extra", "sns:*");
        String byHand = role.byHand().attachPolicy("s3:*");

        // When
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(role.get().inlinePolicies()).containsOnlyKeys(PolicySlot.INLINE_POLICY);
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
        assertThat(role.get().attachedPolicies()).isEqualTo(ofTheService).doesNotContain(byHand);

        // And then there is nothing left to do
        assertThat(await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM)))
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        inForce -> assertThat(inForce.steps()).isEmpty());
        replica.takeAll(instance.deleted(9));
        assertThat(role.arn()).isEmpty();
    }

    @Test
    void one_that_was_deleted_by_hand_is_made_again() {
        // Given
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        FoundRole before = role.get();
        role.remove();

        // When
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(role.get().id()).isNotEqualTo(before.id());
        assertThat(role.get().inlinePolicies()).isEqualTo(before.inlinePolicies());
        assertThat(role.get().tags()).isEqualTo(before.tags());
        assertRecordedAsItIs();
    }

    @Test
    void one_that_was_deleted_by_hand_and_is_granted_something_is_made_again() {
        // Given
        replica.takeAll(instance.created(0));
        role.remove();

        // When
        replica.takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(permissions()).hasSize(ContractTable.BASE.size() + 3);
        assertRecordedAsItIs();
    }

    @Test
    void its_description_may_be_edited_and_is_kept() {
        // Given
        replica.takeAll(instance.created(0));

        // When
        replica.takeAll(described("ours, and in use"));

        // Then
        assertThat(role.get().description()).isEqualTo("ours, and in use");

        // And when it has to be made again
        role.remove();
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(role.get().description()).isEqualTo("ours, and in use");
    }

    @Test
    void one_of_somebody_else_is_left_alone() {
        // Given
        role.make("not yours");
        role.byHand().putPolicy("theirs", "sqs:*");
        FoundRole foreign = role.get();

        // When, and then
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        assertThat(role.get()).isEqualTo(foreign);
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RoleNameTaken);
        assertThat(record().roleArn()).isEmpty();

        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        replica.takeAll(instance.deleted(9));
        assertThat(role.get()).isEqualTo(foreign);
    }

    @Test
    void one_tagged_by_another_deployment_is_foreign_despite_its_description() {
        // Given one that was made for this instance, and tagged since
        Instance other = Instance.random();
        Replica.serviceLinked(ledger, Replica.gateway()).takeAll(other.created(0));
        String mark = new ServiceLinkedRole(other)
                .get()
                .description()
                .replace(other.arn().toString(), instance.arn().toString());
        role.make(mark);
        role.byHand().tag(RoleTags.OWNER_TAG, "another-deployment");
        FoundRole foreign = role.get();

        // When
        replica.takeAll(instance.created(0), instance.deleted(9));

        // Then
        assertThat(role.get()).isEqualTo(foreign);
    }

    @Test
    void one_of_somebody_else_is_adopted_on_an_operators_word() {
        // Given
        role.make("not yours yet");
        replica.takeAll(instance.created(0));

        // When
        await(replica.takeAgain(instance.adopted(Instant.now().plusSeconds(1))));

        // Then
        assertThat(permissions()).isEqualTo(ContractTable.BASE);
        assertThat(role.get().tags()).containsKeys(RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG);
        assertRecordedAsItIs();
    }

    @Test
    void an_ordinary_role_of_ours_stays_one_after_the_mode_was_changed() {
        // Given a role from before the mode was changed
        new Replica().takeAll(instance.created(0));
        IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
        String ordinary = iam.get(instance.roleName()).arn();

        // When
        replica.takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(iam.get(instance.roleName()).arn()).isEqualTo(ordinary);
        assertThat(iam.get(instance.roleName()).permissions()).hasSize(ContractTable.BASE.size() + 3);
        assertThat(role.arn()).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();

        // And if it is removed by hand
        ManualRoleEdit.of(instance.roleName()).remove();
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(iam.get(instance.roleName()).arn()).isEqualTo(ordinary);
        assertThat(record().conditions()).isEmpty();
    }

    @Test
    void an_ordinary_role_of_ours_is_deleted_as_such() {
        // Given
        new Replica().takeAll(instance.created(0));

        // When
        replica.takeAll(instance.deleted(9));

        // Then
        assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(instance.roleName()))
                .isFalse();
        assertThat(record().settled()).isTrue();
    }

    @Test
    void a_service_linked_role_is_deleted_as_such_in_the_other_mode_too() {
        // Given
        replica.takeAll(instance.created(0));

        // When
        new Replica().takeAll(instance.deleted(9));

        // Then
        assertThat(role.arn()).isEmpty();
        assertThat(record().settled()).isTrue();
    }

    @Test
    void once_it_may_be_changed_the_next_event_changes_it() {
        // Given a role on an IAM that permits changes, with a record that it does not
        Condition rejected = new Condition(Condition.Type.ProtectedRole, "it is said to be protected", Instant.now());
        Replica.serviceLinked(ledger, new ProtectedGateway(Replica.gateway(), rejected))
                .takeAll(instance.created(0));
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.ProtectedRole);
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(role.get().inlinePolicies()).isEmpty();

        // When
        replica.takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(role.get().inlinePolicies()).isNotEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
    }

    private RoleEvent described(String text) {
        return new RoleEvent.DescriptionEdited(
                new EventId(UUID.randomUUID().toString(), "tests"),
                instance.arn(),
                Instant.now(),
                new RoleDescription(text));
    }

    /** Asserts that the recorded name and ARN are those of IAM. */
    private void assertRecordedAsItIs() {
        FoundRole found = role.get();
        assertThat(record().roleArn()).contains(found.arn());
        assertThat(record().roleName()).contains(RoleName.ofArn(found.arn()).value());
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).isEmpty();
    }

    private SortedSet<Permission> permissions() {
        return Permission.allowedBy(
                Objects.requireNonNull(role.get().inlinePolicies().get(PolicySlot.INLINE_POLICY)));
    }

    private List<String> steps() {
        return await(ledger.history(instance.id())).stream()
                .filter(HistoryEntry.RevisionApplied.class::isInstance)
                .map(HistoryEntry.RevisionApplied.class::cast)
                .flatMap(applied -> applied.steps().stream())
                .toList();
    }

    private RoleRecord record() {
        return role.record(ledger);
    }
}
