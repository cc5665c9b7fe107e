package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.ledger.LedgerWatch;
import dev.linkedrole.ledger.ModelTable;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A ledger restored from a backup: grants since the backup stay until an operator confirms the ledger. */
class RestoredLedgerTest {

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);

    @Test
    void what_was_granted_after_the_backup_stays_and_is_named() {
        // Given
        grantRestoreAndGrantAnother();

        // When
        ModelCloud.MortalProcess process = cloud.process();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 1), Bots.permissions(1, 2));
        assertThat(condition(process))
                .hasValueSatisfying(found -> assertThat(found.detail())
                        .contains("the ledger was restored from a backup", Bots.bot(1))
                        .doesNotContain(Bots.bot(0)));
    }

    @Test
    void what_is_recorded_after_the_restore_is_granted_and_nothing_is_taken() {
        // Given
        grantRestoreAndGrantAnother();

        // When
        ModelCloud.MortalProcess process = cloud.process();
        process.take(
                Bots.enabled(instance, 3, 5, 6), Bots.disabled(instance, 4, 0, 1), Bots.enabled(instance, 5, 6, 7));

        // Then
        cloud.assertMay(
                instance.roleName(),
                ContractTable.BASE,
                Bots.permissions(0, 1),
                Bots.permissions(1, 2),
                Bots.permissions(5, 7));
        assertThat(condition(process)).isPresent();
    }

    @Test
    void once_the_ledger_is_adopted_the_role_is_what_is_recorded() {
        // Given
        grantRestoreAndGrantAnother();
        ModelCloud.MortalProcess process = cloud.process();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        LedgerOrigin.Restored restored = (LedgerOrigin.Restored) process.watch().origin();

        // When
        await(process.watch().adopt(restored.table()));
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 1));
        assertThat(process.record(instance).conditions()).isEmpty();

        // And it stays so for processes that start later
        assertThat(cloud.process().watch().origin()).isEqualTo(new LedgerOrigin.Own());
    }

    @Test
    void once_an_operator_adopts_the_role_it_alone_is_what_is_recorded() {
        // Given
        Instance other = Instance.random();
        cloud.process().take(other.created(0));
        ModelTable.Backup backup = grant();
        cloud.process().take(Bots.enabled(instance, 2, 1, 2), Bots.enabled(other, 2, 1, 2));
        cloud.restore(backup);
        // The clock is behind that of the table.
        ModelCloud.MortalProcess process = cloud.process();
        Operations operations = process.operations(Clock.offset(Clock.systemUTC(), Duration.ofHours(-6)));

        // When
        await(operations.announce(instance.arn(), "", true));
        await(process.reconciler().reconcile(other.id(), ReconcileMode.IAM));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 1));
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(cloud.permissions(other.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsAll(Bots.permissions(1, 2)));
    }

    @Test
    void a_word_from_before_the_backup_is_none_for_the_restore() {
        // Given a role that was adopted, and granted more later
        ModelCloud.MortalProcess before = cloud.process();
        before.take(instance.created(0));
        cloud.loseLedger();
        cloud.process().operations(Clock.systemUTC());
        await(cloud.process().operations(Clock.systemUTC()).announce(instance.arn(), "", true));
        ModelTable.Backup backup = grant();
        cloud.process().take(Bots.enabled(instance, 2, 1, 2));

        // When
        cloud.restore(backup);
        await(cloud.process().reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
    }

    @Test
    void a_word_for_another_table_is_rejected() {
        // Given
        grantRestoreAndGrantAnother();
        ModelCloud.MortalProcess process = cloud.process();
        String first = ((LedgerOrigin.Restored) process.watch().origin()).table();
        cloud.restore(cloud.backUp());

        // When, and then
        assertThatThrownBy(() -> await(process.watch().adopt(first)))
                .isInstanceOf(LedgerWatch.OtherTableException.class)
                .hasMessageContaining("not in " + first);
        assertThat(cloud.process().watch().origin()).isInstanceOf(LedgerOrigin.Restored.class);
    }

    @Test
    void a_role_that_lacks_what_is_recorded_gets_it_and_keeps_the_rest() {
        // Given what was disabled after the backup, of several policies
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE + 60));
        ModelTable.Backup backup = cloud.backUp();
        cloud.process().take(Bots.disabled(instance, 2, 0, 40), Bots.enabled(instance, 3, 400, 401));
        cloud.restore(backup);

        // When
        ModelCloud.MortalProcess process = cloud.process();
        process.take(Bots.disabled(instance, 4, 20, 40));

        // Then
        cloud.assertMay(
                instance.roleName(),
                ContractTable.BASE,
                Bots.permissions(0, 20),
                Bots.permissions(40, Bots.FIT_INLINE + 60),
                Bots.permissions(400, 401));
        assertThat(condition(process))
                .hasValueSatisfying(found -> assertThat(found.detail()).doesNotContain("could not be added"));
    }

    @Test
    void a_role_that_is_as_recorded_has_no_condition() {
        // Given
        ModelTable.Backup backup = grant();
        cloud.restore(backup);

        // When
        ModelCloud.MortalProcess process = cloud.process();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(process.record(instance).settled()).isTrue();
    }

    private ModelTable.Backup grant() {
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 1));
        return cloud.backUp();
    }

    private void grantRestoreAndGrantAnother() {
        ModelTable.Backup backup = grant();
        cloud.process().take(Bots.enabled(instance, 2, 1, 2));
        cloud.restore(backup);
    }

    private Optional<Condition> condition(ModelCloud.MortalProcess process) {
        return process.record(instance).condition(Condition.Type.RoleNotRecorded);
    }
}
