package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.state.PolicyCompiler;
import dev.linkedrole.role.state.RoleSettings;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Roles whose settings change: the recorded identity of a role is fixed until it is deleted. */
class IdentityTest {

    private static final RoleSettings RENAMED = settings("Acme_", Defaults.SETTINGS.path(), Defaults.SETTINGS.owner());

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final ModelCloud.MortalProcess before = cloud.process();

    static Stream<RoleSettings> others() {
        return Stream.of(
                RENAMED,
                settings(Defaults.SETTINGS.namePrefix(), "/acme/", Defaults.SETTINGS.owner()),
                settings(Defaults.SETTINGS.namePrefix(), Defaults.SETTINGS.path(), "acme"),
                settings("Acme_", "/acme/", "acme"),
                Defaults.SERVICE_LINKED);
    }

    private static RoleSettings settings(String prefix, String path, String owner) {
        return new RoleSettings(prefix, path, Optional.empty(), owner);
    }

    @ParameterizedTest
    @MethodSource("others")
    void a_role_stays_what_it_is_whatever_is_set_later(RoleSettings others) {
        // Given
        before.take(instance.created(0), Bots.enabled(instance, 1, 0, 1));
        var permissions = cloud.permissions(instance.roleName());

        // When
        Reconciliation compared = await(cloud.process(others).reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(compared).isEqualTo(new Reconciliation.InForce(instance.roleName(), 2, List.of()));
        assertThat(cloud.roles()).containsExactly(instance.roleName().value());
        assertThat(cloud.permissions(instance.roleName())).isEqualTo(permissions);
    }

    @ParameterizedTest
    @MethodSource("others")
    void it_grows_and_goes_with_its_policies_whatever_is_set_later(RoleSettings others) {
        // Given a role that needs managed policies
        before.take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 20));
        ModelCloud.MortalProcess later = cloud.process(others);

        // When
        later.take(Bots.enabled(instance, 2, Bots.FIT_INLINE + 20, Bots.FIT_INLINE + 120));
        await(later.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(cloud.permissions(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsAll(Bots.permissions(0, Bots.FIT_INLINE + 120)));
        assertThat(cloud.policies())
                .isNotEmpty()
                .allMatch(arn -> arn.startsWith("arn:aws:iam::111122223333:policy/linked-role/connect.amazonaws.com/"));

        // And when the instance goes
        later.take(instance.deleted(9));
        assertThat(cloud.roles()).isEmpty();
        assertThat(cloud.policies()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("others")
    void one_that_was_made_by_who_did_not_live_to_say_so_is_found(RoleSettings others) {
        // Given
        assertThatThrownBy(() -> await(cloud.process(new InterruptedReplica().before("PutRolePolicy", () -> {
                            throw IamFaults.serviceFailure();
                        }))
                        .handler()
                        .handle(instance.created(0), false)))
                .isInstanceOf(IamCallException.class);

        // When
        await(cloud.process(others).reconciler().reconcile(instance.id(), ReconcileMode.LEDGER));

        // Then
        assertThat(cloud.roles()).containsExactly(instance.roleName().value());
        assertThat(cloud.permissions(instance.roleName())).isPresent();
        assertThat(before.record(instance).settled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("others")
    void records_of_before_have_the_identity_that_their_role_shows(RoleSettings others) {
        // Given
        before.take(instance.created(0));
        RoleRecord old = withoutIdentity(before.record(instance));

        // When
        RoleIdentity derived = DesiredRoles.identity(new PolicyCompiler(Defaults.CATALOG, others), old);

        // Then
        assertThat(derived.name()).isEqualTo(instance.roleName());
        assertThat(derived.path()).isEqualTo(Defaults.SETTINGS.path());
    }

    @Test
    void a_role_that_was_adopted_keeps_its_managed_policies_on_our_path() {
        // Given
        before.take(instance.created(0), instance.adopted(Instant.EPOCH));
        RoleRecord adopted = withoutIdentity(before.record(instance)).made("arn:aws:iam::111122223333:role/theirs");

        // Then
        assertThat(DesiredRoles.identity(Defaults.COMPILER, adopted))
                .isEqualTo(
                        new RoleIdentity(new RoleName("theirs"), Defaults.SETTINGS.path(), Defaults.SETTINGS.owner()));
    }

    @Test
    void a_role_that_is_not_desired_yet_is_made_by_the_settings_of_then() {
        // Given
        before.take(Bots.enabled(instance, 1, 0, 1));

        // When
        cloud.process(RENAMED).take(instance.created(2));

        // Then
        assertThat(cloud.roles()).containsExactly("Acme_" + instance.id().hex());
        assertThat(before.record(instance).identity().map(known -> known.recordedAt(Instant.EPOCH)))
                .contains(RENAMED.identity(instance.arn()));
    }

    @Test
    void the_identity_is_recorded_with_the_event_at_no_request_more() {
        // Given
        InterruptedReplica calls = new InterruptedReplica();

        // When
        await(cloud.process(calls).handler().handle(instance.created(0), false));

        // Then
        assertThat(calls.calls).containsExactly("Load", "Record", "CreateRole", "PutRolePolicy", "MarkApplied");
        assertThat(before.record(instance).identity().map(known -> known.recordedAt(Instant.EPOCH)))
                .contains(Defaults.SETTINGS.identity(instance.arn()));
    }

    @Test
    void a_role_keeps_the_policies_it_has_when_fewer_are_allowed() {
        // Given
        int bots = Bots.FIT_INLINE + 200;
        before.take(instance.created(0), Bots.enabled(instance, 1, 0, bots));
        RoleSettings fewer =
                new RoleSettings(RENAMED.namePrefix(), RENAMED.path(), Optional.empty(), Defaults.SETTINGS.owner(), 0);

        // When
        cloud.process(fewer).take(Bots.disabled(instance, 2, 0, 1));

        // Then
        assertThat(cloud.permissions(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all)
                        .containsAll(Bots.permissions(1, bots))
                        .doesNotContainAnyElementsOf(Bots.permissions(0, 1)));
    }

    @Test
    void what_changes_with_the_settings_is_told_as_that_and_not_as_drift() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 1));
        RoleSettings bounded = new RoleSettings(
                Defaults.SETTINGS.namePrefix(),
                Defaults.SETTINGS.path(),
                Optional.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
                Defaults.SETTINGS.owner());

        // When
        await(cloud.process(bounded).reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(await(before.ledger().history(instance.id())))
                .last()
                .isInstanceOfSatisfying(HistoryEntry.RevisionApplied.class, applied -> {
                    assertThat(applied.settingsChanged()).isTrue();
                    assertThat(applied.drift()).isEmpty();
                    assertThat(applied.steps()).singleElement().asString().contains("boundary");
                });
    }

    private static RoleRecord withoutIdentity(RoleRecord record) {
        return new RoleRecord(
                record.role(),
                record.revision(),
                record.appliedRevision(),
                record.applied(),
                record.placement(),
                record.slots(),
                record.roleName(),
                record.roleArn(),
                record.conditions(),
                record.changedAt(),
                record.pendingAcknowledgements(),
                Optional.empty(),
                record.repairs());
    }
}
