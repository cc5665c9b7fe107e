package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags with our names that others have put on the role: in another spelling, or with another value. */
class TagCaseTest {

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);

    @Test
    void another_spelling_is_put_right_and_is_no_other_owner() {
        // Given
        process.take(instance.created(0));
        Map<String, String> ours = comparedTags();
        ours.forEach((name, value) -> tag(name.toUpperCase(Locale.ROOT), value));
        assertThat(tags()).doesNotContainKey(RoleTags.OWNER_TAG);

        // When
        Reconciliation compared = await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(compared).isInstanceOf(Reconciliation.InForce.class);
        assertThat(comparedTags()).isEqualTo(ours);
        assertThat(await(process.ledger().history(instance.id())))
                .last()
                .isInstanceOfSatisfying(
                        HistoryEntry.RevisionApplied.class,
                        applied -> assertThat(applied.steps()).hasSize(1));
    }

    @Test
    void it_does_not_keep_the_role_from_being_deleted() {
        // Given
        process.take(instance.created(0));
        tags().forEach((name, value) -> tag(name.toUpperCase(Locale.ROOT), value));

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(cloud.roles()).isEmpty();
    }

    @Test
    void a_value_in_another_spelling_is_another_owner() {
        // Given
        process.take(instance.created(0));
        tag(RoleTags.OWNER_TAG, "Linked-Role-Controller");

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(process.record(instance).condition(Condition.Type.RoleNameTaken))
                .isPresent();
    }

    @Test
    void nothing_is_written_to_a_role_whose_name_was_found_taken() {
        // Given
        process.take(instance.created(0));
        tag(RoleTags.OWNER_TAG, "another");
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        var left = cloud.permissions(instance.roleName());
        calls.calls.clear();

        // When
        process.take(Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(calls.calls).noneMatch(call -> call.startsWith("Put") || call.startsWith("Tag"));
        assertThat(cloud.permissions(instance.roleName())).isEqualTo(left);
        assertThat(process.record(instance).condition(Condition.Type.RoleNameTaken))
                .isPresent();

        // And once it is ours again
        tag(RoleTags.OWNER_TAG, "linked-role-controller");
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.LEDGER));
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    /** Returns all tags but the one that is set at the creation and never compared. */
    private Map<String, String> comparedTags() {
        Map<String, String> compared = new TreeMap<>(tags());
        compared.remove(RoleTags.RECORDED_TAG);
        return compared;
    }

    private Map<String, String> tags() {
        return cloud.tags(instance.roleName());
    }

    private void tag(String name, String value) {
        cloud.administrator()
                .tagRole(r -> r.roleName(instance.roleName().value())
                        .tags(Tag.builder().key(name).value(value).build()))
                .join();
    }
}
