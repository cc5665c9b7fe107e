package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.OnEachAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Number of calls per event: IAM throttles, and its quotas cannot be raised. */
@OnEachAws
@Tag("aws")
class CallCountsTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final CountedReplica counted = new CountedReplica(SharedTable.SHARED);
    private final Instance instance = Instance.random();

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void a_create_is_two_calls_to_iam() {
        // When
        counted.replica().takeAll(instance.created(0));

        // Then
        assertThat(counted.iamCalls().take()).containsExactly("CreateRole", "PutRolePolicy");
        assertThat(counted.ledgerCalls().take()).containsExactly("GetItem", "TransactWriteItems", "TransactWriteItems");
    }

    @Test
    void a_grant_to_a_known_role_is_one() {
        // Given
        counted.replica().takeAll(instance.created(0));
        counted.forget();

        // When
        counted.replica().takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(counted.iamCalls().take()).containsExactly("PutRolePolicy");
        assertThat(counted.ledgerCalls().take())
                .containsExactly("TransactGetItems", "TransactWriteItems", "TransactWriteItems");
    }

    @Test
    void a_duplicate_is_none() {
        // Given
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM);
        counted.replica().takeAll(instance.created(0), enabled);
        counted.forget();

        // When
        counted.replica().takeAll(enabled);

        // Then
        assertThat(counted.iamCalls().take()).isEmpty();
        assertThat(counted.ledgerCalls().take()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void an_event_that_changes_no_permission_is_none() {
        // Given
        counted.replica().takeAll(instance.created(0), instance.enabled(5, "agent-events", STREAM));
        counted.forget();

        // When
        counted.replica().takeAll(instance.enabled(6, "agent-events", STREAM));

        // Then
        assertThat(counted.iamCalls().take()).isEmpty();
        assertThat(counted.ledgerCalls().take()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void a_feature_enabled_before_its_instance_is_announced_is_none() {
        // When
        counted.replica().takeAll(instance.enabled(1, "agent-events", STREAM));

        // Then
        assertThat(counted.iamCalls().take()).isEmpty();
        assertThat(counted.ledgerCalls().take()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void a_delete_of_a_role_with_one_policy_is_three() {
        // Given
        counted.replica().takeAll(instance.created(0));
        counted.forget();

        // When
        counted.replica().takeAll(instance.deleted(9));

        // Then
        assertThat(counted.iamCalls().take()).containsExactly("GetRole", "DeleteRolePolicy", "DeleteRole");
        assertThat(counted.ledgerCalls().take()).containsExactly("GetItem", "TransactWriteItems", "TransactWriteItems");
    }

    @Test
    void comparing_a_role_that_is_as_it_should_be_reads_and_writes_nothing() {
        // Given
        counted.replica().takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM));
        counted.forget();

        // When
        await(counted.replica().reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(counted.iamCalls().take())
                .containsExactlyInAnyOrder("GetRole", "ListRolePolicies", "GetRolePolicy", "ListAttachedRolePolicies");
        assertThat(counted.ledgerCalls().take()).containsExactly("GetItem");
    }
}
