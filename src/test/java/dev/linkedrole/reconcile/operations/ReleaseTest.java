package dev.linkedrole.reconcile.operations;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;

/** Roles that an operator lets go of: they stay in IAM as they are. */
class ReleaseTest {

    private final ManualTime time = new ManualTime();
    private final Instance instance = Instance.random();
    private final RoleName name = instance.roleName();
    private final ModelCloud cloud = new ModelCloud(true, time);
    private final ModelCloud.MortalProcess process = cloud.process();
    private final Operations operations = process.operations(time);

    @Test
    void a_released_role_stays_as_it_is_with_its_tags() {
        // Given
        process.take(instance.created(0), instance.enabled(1, "outbound-campaigns"));
        Optional<SortedSet<Permission>> had = cloud.permissions(name);
        Map<String, String> tags = cloud.tags(name);

        // When
        OperatorResult result = await(operations.release(instance.id()));

        // Then
        assertThat(result.news()).isTrue();
        assertThat(result.record().role().lifecycle()).isEqualTo(LinkedRole.Lifecycle.RELEASED);
        assertThat(result.record().settled()).isTrue();
        assertThat(result.record().applied()).isEmpty();
        assertThat(cloud.permissions(name)).isEqualTo(had);
        assertThat(cloud.tags(name)).isEqualTo(tags);
        assertThat(await(operations.release(instance.id())).news()).isFalse();
    }

    @Test
    void no_event_changes_or_deletes_it_and_no_resync_either() {
        // Given
        process.take(instance.created(0));
        await(operations.release(instance.id()));

        // When
        process.take(instance.enabled(1, "outbound-campaigns"), instance.created(2), instance.deleted(3));
        time.pass(Duration.ofDays(2));
        await(WholeResync.of(process.parts().resync(time, Duration.ofDays(1), 1), (id, failure) -> {}));

        // Then
        assertThat(cloud.permissions(name)).contains(ContractTable.BASE);
        assertThat(process.record(instance).settled()).isTrue();
    }

    @Test
    void a_release_after_the_deletion_was_recorded_still_saves_the_role() {
        // Given
        process.take(instance.created(0));
        process.record(instance.deleted(1));

        // When
        await(operations.release(instance.id()));
        await(WholeResync.of(process.parts().resync(time, Duration.ofDays(1), 1), (id, failure) -> {}));

        // Then
        assertThat(cloud.permissions(name)).contains(ContractTable.BASE);
    }

    @Test
    void a_role_that_is_gone_with_its_instance_cannot_be_released() {
        // Given
        process.take(instance.created(0), instance.deleted(1));

        // Then
        assertThatExceptionOfType(DeletedInstanceException.class)
                .isThrownBy(() -> await(operations.release(instance.id())));
    }

    @Test
    void only_an_adoption_takes_it_back_with_all_that_was_recorded_since() {
        // Given
        process.take(instance.created(0));
        await(operations.release(instance.id()));
        process.take(instance.enabled(1, "outbound-campaigns"));
        assertThatExceptionOfType(ReleasedRoleException.class)
                .isThrownBy(() -> await(operations.announce(instance.arn(), "acme", false)));
        assertThatExceptionOfType(ReleasedRoleException.class)
                .isThrownBy(() -> await(operations.reconcile(instance.id())));
        assertThatExceptionOfType(ReleasedRoleException.class)
                .isThrownBy(() -> await(operations.describe(instance.id(), new RoleDescription("ours"))));

        // When
        OperatorResult result = await(operations.announce(instance.arn(), "acme", true));

        // Then
        assertThat(result.record().role().live()).isTrue();
        assertThat(result.record().settled()).isTrue();
        assertThat(result.record().conditions()).isEmpty();
        assertThat(cloud.permissions(name).orElseThrow()).hasSizeGreaterThan(ContractTable.BASE.size());
    }

    @Test
    void an_adopted_role_goes_with_its_instance_and_can_be_released_again() {
        // Given
        Instance other = Instance.random();
        process.take(instance.created(0), other.created(0));
        for (Instance each : new Instance[] {instance, other}) {
            await(operations.release(each.id()));
            await(operations.announce(each.arn(), "acme", true));
        }

        // When
        process.take(instance.deleted(1));
        await(operations.release(other.id()));
        process.take(other.deleted(1));

        // Then
        assertThat(cloud.roles()).containsExactly(other.roleName().value());
    }

    @Test
    void outcomes_of_its_events_are_published_once_it_is_adopted() {
        // Given
        process.take(instance.created(0));
        await(operations.release(instance.id()));
        process.take(instance.enabled(1, "outbound-campaigns"));
        assertThat(outcomes()).isEqualTo(1);

        // When
        await(operations.announce(instance.arn(), "acme", true));

        // Then
        assertThat(outcomes()).isEqualTo(2);
    }

    private int outcomes() {
        return await(process.ledger().oldest(Outbox.laneOf(instance.id()), 10)).size();
    }
}
