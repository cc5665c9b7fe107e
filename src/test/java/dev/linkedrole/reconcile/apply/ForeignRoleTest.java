package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A foreign role under a name of ours is left alone. */
@Tag("aws")
class ForeignRoleTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final Ledger ledger = SharedTable.ledger();
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Replica replica = new Replica();
    private final Instance instance = Instance.random();

    @Test
    void it_stays_as_it_was_whatever_happens_to_the_instance() {
        // Given
        FoundRole foreign = make(Map.of("team", "billing"));

        // When, and then
        replica.takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        assertThat(found()).isEqualTo(foreign);
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RoleNameTaken);
        assertThat(record().settled()).isFalse();
        assertThat(await(ledger.pending())).contains(instance.id());

        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(found()).isEqualTo(foreign);

        await(replica.takeAgain(instance.disabled(2, "agent-events")));
        assertThat(found()).isEqualTo(foreign);

        replica.takeAll(instance.deleted(9));
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(found()).isEqualTo(foreign);

        // And the tombstone says that a foreign role has the name, until that one is gone
        assertThat(record().settled()).isTrue();
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RoleNameTaken);
        ManualRoleEdit.of(instance.roleName()).remove();
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(record().conditions()).isEmpty();
    }

    @Test
    void a_role_of_another_deployment_of_this_service_is_foreign_too() {
        // Given
        FoundRole foreign = make(Map.of(
                "linked-role:managed-by",
                "another-deployment",
                "linked-role:instance",
                instance.arn().toString()));

        // When
        replica.takeAll(instance.created(0), instance.deleted(9));

        // Then
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void a_role_of_another_instance_of_ours_is_foreign_too() {
        // Given
        FoundRole foreign = make(Map.of(
                "linked-role:managed-by",
                "linked-role-controller",
                "linked-role:instance",
                Instance.random().arn().toString()));

        // When
        replica.takeAll(instance.created(0), instance.deleted(9));

        // Then
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void once_it_is_removed_ours_is_made() {
        // Given
        make(Map.of());
        replica.takeAll(instance.created(0));

        // When
        ManualRoleEdit.of(instance.roleName()).remove();
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(found().permissions()).isEqualTo(ContractTable.BASE);
        assertThat(record().conditions()).isEmpty();
        assertThat(record().settled()).isTrue();
        assertThat(await(ledger.pending())).doesNotContain(instance.id());
    }

    @Test
    void one_that_took_the_place_of_ours_is_not_touched_either() {
        // Given a role of ours that was deleted and replaced by a foreign one
        replica.takeAll(instance.created(0));
        ManualRoleEdit.of(instance.roleName()).remove();
        FoundRole foreign = make(Map.of("team", "billing"));

        // When it is compared with IAM
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(found()).isEqualTo(foreign);
        assertThat(record().conditions()).extracting(Condition::type).containsExactly(Condition.Type.RoleNameTaken);

        // And when the instance is deleted
        replica.takeAll(instance.deleted(9));
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void once_an_operators_word_is_recorded_any_replica_takes_it_over() {
        // Given
        make(Map.of("team", "billing"));
        replica.takeAll(instance.created(0));

        // When a replica has recorded the adoption, and died before carrying it out
        RoleEvent adopted = instance.adopted(Instant.now());
        RoleRecord before = record();
        await(ledger.record(before, adopted, Decision.of(before.role(), adopted), Instant.now()));
        await(new Replica().reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(found().permissions()).isEqualTo(ContractTable.BASE);
        assertThat(found().tags()).containsKeys("team", RoleTags.OWNER_TAG, RoleTags.INSTANCE_TAG);
        assertThat(record().conditions()).isEmpty();
        assertThat(record().settled()).isTrue();
    }

    private FoundRole make(Map<String, String> tags) {
        ManualRoleEdit.of(instance.roleName()).make(tags).putPolicy("theirs", "sqs:*");
        return found();
    }

    private FoundRole found() {
        return iam.get(instance.roleName());
    }

    private RoleRecord record() {
        return await(ledger.load(instance.id())).orElseThrow();
    }
}
