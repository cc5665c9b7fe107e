package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Errors that IAM reports at first because of its lag, and that need a person if they persist. */
class LastingErrorsTest {

    private static final String BOUNDARY = "arn:aws:iam::111122223333:policy/gone";
    private static final RoleSettings BOUNDED = new RoleSettings(
            Defaults.SETTINGS.namePrefix(), Defaults.SETTINGS.path(), Optional.of(BOUNDARY), Defaults.SETTINGS.owner());

    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();
    private final InterruptedReplica calls = new InterruptedReplica();
    private Instant now = Instant.now();
    private final ModelCloud cloud = new ModelCloud(false, () -> now);
    private final ModelCloud.MortalProcess process = cloud.process(calls, BOUNDED);

    @Test
    void a_role_whose_boundary_does_not_exist_has_a_condition_that_quotes_iam() {
        // Given
        noSuchEntity("CreateRole");
        process.record(instance.created(0));
        passLag();

        // When
        Reconciliation held = await(process.reconciler().reconcile(instance.id(), ReconcileMode.LEDGER));

        // Then the message is done, after one call
        assertThat(held).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(calls.count("CreateRole")).isEqualTo(1);
        assertThat(calls.count("GetRole")).isZero();
        assertQuoted("IAM answered CreateRole with NoSuchEntity: Scope ARN: " + BOUNDARY);

        // And the role is there once the boundary is
        calls.before("CreateRole", () -> {});
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(cloud.permissions(name)).isPresent();
    }

    @Test
    void a_boundary_that_was_made_a_moment_ago_is_waited_for() {
        // Given one that IAM does not see at first
        calls.before("CreateRole", () -> {
            calls.before("CreateRole", () -> {});
            throw IamFaults.noSuch("Scope ARN: " + BOUNDARY + " does not exist or is not attachable.");
        });

        // When
        process.take(instance.created(0));

        // Then
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(calls.count("CreateRole")).isEqualTo(2);
    }

    @Test
    void a_live_role_whose_boundary_cannot_be_put_gets_the_new_grant() {
        // Given
        process.take(instance.created(0));
        noSuchEntity("PutRolePermissionsBoundary");
        cloud.administrator()
                .deleteRolePermissionsBoundary(r -> r.roleName(name.value()))
                .join();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        calls.calls.clear();

        // When
        HandlingResult handled = await(process.handler().handle(Bots.enabled(instance, 1, 0, 2), false));

        // Then
        assertThat(handled.reconciliation()).isInstanceOf(Reconciliation.Blocked.class);
        assertThat(cloud.permissions(name).orElseThrow()).containsAll(Bots.permissions(0, 2));
        assertQuoted("IAM answered PutRolePermissionsBoundary with NoSuchEntity");
        assertThat(calls.count("PutRolePermissionsBoundary")).isEqualTo(1);
    }

    @Test
    void a_role_that_exists_and_is_not_there_is_a_matter_of_lag_at_first() {
        // Given
        existsUnseen();
        process.record(instance.created(0));

        // When, and then its message comes again
        assertThatThrownBy(() -> await(process.reconciler().reconcile(instance.id(), ReconcileMode.LEDGER)))
                .isInstanceOf(IamCallException.class);
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @Test
    void a_role_that_still_exists_and_is_not_there_has_a_condition() {
        // Given
        existsUnseen();
        process.record(instance.created(0));
        passLag();

        // When
        Reconciliation held = await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then a bounded number of calls is made, and the message is done
        assertThat(held).isInstanceOf(Reconciliation.Blocked.class);
        assertQuoted("IAM answered CreateRole with EntityAlreadyExists");
        assertThat(calls.count("CreateRole")).isEqualTo(2);
        assertThat(calls.count("GetRole")).isEqualTo(2);
    }

    @Test
    void an_inline_policy_that_goes_while_it_is_read_is_not_the_role_going() {
        // Given
        process.take(instance.created(0));
        noSuchEntity("GetRolePolicy");

        // When
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then the policy is put, and no role made
        assertThat(calls.count("CreateRole")).isEqualTo(1);
        assertThat(calls.calls).endsWith("PutRolePolicy", "MarkApplied");
    }

    private void existsUnseen() {
        noSuchEntity("GetRole");
        calls.before("CreateRole", () -> {
            throw IamFaults.existing("Role with name " + name + " already exists.");
        });
    }

    private void noSuchEntity(String operation) {
        calls.before(operation, () -> {
            throw IamFaults.noSuch("Scope ARN: " + BOUNDARY + " does not exist or is not attachable.");
        });
    }

    private void passLag() {
        now = now.plus(Duration.ofSeconds(31));
    }

    private void assertQuoted(String said) {
        assertThat(process.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.RefusedByIam);
            assertThat(condition.detail()).startsWith(said);
        });
    }
}
