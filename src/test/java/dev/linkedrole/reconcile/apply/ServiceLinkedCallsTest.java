package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.role.identity.RoleTags;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The calls by which a service-linked role is created, found again, and deleted, when one of them goes wrong. */
class ServiceLinkedCallsTest {

    private static final String CREATE = "CreateServiceLinkedRole";
    private static final String DELETE = "DeleteServiceLinkedRole";

    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
            """;

    private final Instance instance = Instance.random();
    private final String name = instance.roleName().value();
    private final ModelCloud cloud = new ModelCloud(false);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls, Defaults.SERVICE_LINKED);

    @Test
    void a_refused_creation_is_no_reason_to_look_for_the_role() {
        // Given
        calls.before(CREATE, () -> {
            throw IamFaults.accessDenied(CREATE, name);
        });

        // When
        process.take(instance.created(0));

        // Then
        assertThat(condition()).isEqualTo(Condition.Type.RefusedByIam);
        assertThat(calls.count(CREATE)).isOne();
        assertThat(calls.calls).doesNotContain("GetRole", "ListRoles");
    }

    @Test
    void a_call_that_may_pass_is_no_reason_to_create_another() {
        // Given
        living();
        calls.before("GetRole", () -> {
            throw IamFaults.serviceFailure();
        });

        // When
        assertThatThrownBy(() -> await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM)))
                .isInstanceOf(IamCallException.class);

        // Then
        assertThat(calls.calls).doesNotContain(CREATE);
    }

    @Test
    void an_ordinary_role_of_its_name_is_left_alone_and_named() {
        // Given
        cloud.administrator()
                .createRole(r -> r.roleName(name).assumeRolePolicyDocument(TRUST))
                .join();

        // When
        process.take(instance.created(0));

        // Then
        assertThat(process.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.RoleNameTaken);
            assertThat(condition.detail()).contains(name, "not service-linked", "customer-managed");
        });
        assertThat(cloud.tags(instance.roleName())).isEmpty();
        assertThat(process.record(instance).roleArn()).isEmpty();

        // And when the instance goes
        process.take(instance.deleted(9));
        assertThat(cloud.roles()).containsExactly(name);
        assertThat(calls.calls).doesNotContain(DELETE);
    }

    @Test
    void one_whose_maker_died_is_recorded_before_it_is_tagged() {
        // Given
        dyingOnceMade();

        // When
        await(process.handler().handle(instance.created(0), true));

        // Then
        assertThat(calls.calls).containsSubsequence(CREATE, "GetRole", "Name", "TagRole");
        assertThat(process.record(instance).roleArn())
                .hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + name));
    }

    @Test
    void a_name_that_another_takes_meanwhile_is_a_condition() {
        // Given a role that was removed, and whose name is taken as it is made again
        living();
        cloud.administrator().deleteServiceLinkedRole(r -> r.roleName(name)).join();
        once(
                CREATE,
                () -> cloud.administrator()
                        .createServiceLinkedRole(r -> r.awsServiceName("connect.amazonaws.com")
                                .customSuffix(instance.roleName().digits()))
                        .join());

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(condition()).isEqualTo(Condition.Type.RoleNameTaken);
        assertThat(cloud.tags(instance.roleName())).isEmpty();
    }

    @Test
    void for_an_instance_that_was_never_announced_no_role_is_looked_for() {
        // When
        process.take(instance.enabled(1, "contact-flow-logs"), instance.deleted(9));

        // Then
        assertThat(calls.calls).containsOnly("Load", "Record", "MarkApplied");
    }

    @Test
    void one_whose_maker_died_is_tagged_and_deleted() {
        // Given
        dyingOnceMade();

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(calls.calls).containsSubsequence("GetRole", "TagRole", DELETE);
        assertThat(cloud.roles()).isEmpty();
        assertThat(process.record(instance).settled()).isTrue();
    }

    @Test
    void one_without_tags_or_mark_stays_when_the_instance_goes() {
        // Given
        process.record(instance.created(0));
        cloud.administrator()
                .createServiceLinkedRole(r -> r.awsServiceName("connect.amazonaws.com")
                        .customSuffix(instance.roleName().digits()))
                .join();

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(cloud.roles()).containsExactly(name);
        assertThat(calls.calls).doesNotContain("TagRole", DELETE);
        assertThat(process.record(instance).conditions())
                .singleElement()
                .satisfies(condition ->
                        assertThat(condition.detail()).contains("the instance is deleted", name, "left as it is"));
    }

    @Test
    void one_of_another_deployment_stays_when_the_instance_goes() {
        // Given
        cloud.process(ofDeployment("one")).take(instance.created(0));
        cloud.loseLedger();
        ModelCloud.MortalProcess two = cloud.process(ofDeployment("two"));
        two.record(instance.created(0));

        // When
        two.take(instance.deleted(9));

        // Then
        assertThat(cloud.tags(instance.roleName())).containsEntry(RoleTags.DEPLOYMENT_TAG, deployment("one"));
        assertThat(two.record(instance).conditions())
                .extracting(Condition::type)
                .containsExactly(Condition.Type.Contested);
    }

    @Test
    void one_that_goes_by_itself_meanwhile_is_gone() {
        // Given
        living();
        once(
                DELETE,
                () -> cloud.administrator()
                        .deleteServiceLinkedRole(r -> r.roleName(name))
                        .join());

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(cloud.roles()).isEmpty();
        assertThat(calls.calls).doesNotContain("GetServiceLinkedRoleDeletionStatus");
        assertThat(process.record(instance).settled()).isTrue();
    }

    @Test
    void a_refused_deletion_is_no_reason_to_look_for_obstacles() {
        // Given
        living();
        calls.before(DELETE, () -> {
            throw IamFaults.accessDenied(DELETE, name);
        });

        // When
        process.take(instance.deleted(9));

        // Then
        assertThat(condition()).isEqualTo(Condition.Type.RefusedByIam);
        assertThat(calls.calls).doesNotContain("ListRolePolicies", "ListAttachedRolePolicies");
    }

    private static RoleSettings ofDeployment(String table) {
        return Defaults.SERVICE_LINKED.of(Optional.of(deployment(table)));
    }

    private static String deployment(String table) {
        return "arn:aws:dynamodb:us-east-1:1:table/" + table;
    }

    /** Creates the role, and forgets the calls. */
    private void living() {
        process.take(instance.created(0));
        calls.calls.clear();
    }

    /** Handles the announcement by a process that fails once IAM has created the role. */
    private void dyingOnceMade() {
        RoleEvent created = instance.created(0);
        InterruptedReplica dying = new InterruptedReplica().before("Name", () -> {
            throw new IllegalStateException("died");
        });
        assertThatThrownBy(() -> await(
                        cloud.process(dying, Defaults.SERVICE_LINKED).handler().handle(created, false)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(cloud.roles()).containsExactly(name);
        assertThat(cloud.tags(instance.roleName())).isEmpty();
    }

    private void once(String operation, Runnable action) {
        AtomicBoolean due = new AtomicBoolean(true);
        calls.before(operation, () -> {
            if (due.getAndSet(false)) {
                action.run();
            }
        });
    }

    private Condition.Type condition() {
        return process.record(instance).conditions().getFirst().type();
    }
}
