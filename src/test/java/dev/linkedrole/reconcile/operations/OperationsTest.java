package dev.linkedrole.reconcile.operations;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleDescription;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operations on roles by operators. */
class OperationsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final RoleDescription AUDITED = new RoleDescription("for the auditors");

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final Operations operations = cloud.process().operations(() -> NOW);

    @Test
    void an_instance_that_never_announced_itself_is_announced_and_gets_its_role() {
        // When
        OperatorResult told = await(operations.announce(instance.arn(), "acme", false));

        // Then
        assertThat(told.news()).isTrue();
        assertThat(told.record().settled()).isTrue();
        assertThat(told.record().role().live()).isTrue();
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
        assertThat(history()).singleElement().satisfies(entry -> {
            assertThat(entry.type()).isEqualTo("instance-created");
            assertThat(entry.event().source()).isEqualTo(Operations.SOURCE);
            assertThat(entry.time()).isEqualTo(NOW);
        });
    }

    @Test
    void a_known_instance_is_not_announced_again_and_a_lost_role_comes_back() {
        // Given
        await(operations.announce(instance.arn(), "acme", false));
        cloud.removeByHand(instance.roleName());

        // When
        OperatorResult told = await(operations.announce(instance.arn(), "other", false));

        // Then
        assertThat(told.news()).isFalse();
        assertThat(history()).hasSize(1);
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void an_instance_of_which_only_features_are_known_is_announced() {
        // Given
        await(cloud.process()
                .handler()
                .handle(
                        instance.enabled(
                                1, "agent-events", "arn:aws:firehose:us-west-2:111122223333:deliverystream/one"),
                        false));

        // Then
        assertThat(await(operations.announce(instance.arn(), "acme", false)).news())
                .isTrue();
        assertThat(history()).hasSize(2);
    }

    @Test
    void a_role_that_is_not_ours_is_left_alone_unless_it_is_to_be_adopted() {
        // Given
        cloud.administrator()
                .createRole(r -> r.roleName(instance.roleName().value())
                        .path("/theirs/")
                        .description("theirs")
                        .assumeRolePolicyDocument(ManualRoleEdit.TRUST_IN_EC2))
                .join();

        // When
        OperatorResult left = await(operations.announce(instance.arn(), "acme", false));

        // Then
        assertThat(left.record().conditions())
                .extracting(Condition::type)
                .containsExactly(Condition.Type.RoleNameTaken);
        assertThat(cloud.inlinePolicies(instance.roleName()))
                .hasValueSatisfying(none -> assertThat(none).isEmpty());

        // And when it is to be adopted
        OperatorResult adopted = await(operations.announce(instance.arn(), "acme", true));
        assertThat(adopted.record().conditions()).isEmpty();
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
        assertThat(history())
                .extracting(HistoryEntry.EventRecorded::type)
                .containsExactlyInAnyOrder("instance-created", "role-adopted");

        // And nothing is left to be adopted then
        await(operations.announce(instance.arn(), "acme", true));
        assertThat(history()).hasSize(2);
    }

    @Test
    void a_role_that_iam_dates_after_our_clock_is_adopted() {
        // Given
        Operations behind = cloud.process().operations(() -> Instant.now().minus(Duration.ofHours(1)));
        cloud.administrator()
                .createRole(r ->
                        r.roleName(instance.roleName().value()).assumeRolePolicyDocument(ManualRoleEdit.TRUST_IN_EC2))
                .join();

        // When
        OperatorResult adopted = await(behind.announce(instance.arn(), "acme", true));

        // Then
        assertThat(adopted.record().conditions()).isEmpty();
        assertThat(cloud.permissions(instance.roleName())).contains(ContractTable.BASE);
    }

    @Test
    void of_an_instance_that_is_gone_nothing_can_be_said_any_more() {
        // Given
        await(operations.announce(instance.arn(), "acme", false));
        await(cloud.process().handler().handle(instance.deleted(9), false));

        // Then
        assertThatExceptionOfType(DeletedInstanceException.class)
                .isThrownBy(() -> await(operations.announce(instance.arn(), "acme", false)));
        assertThatExceptionOfType(DeletedInstanceException.class)
                .isThrownBy(() -> await(operations.describe(instance.id(), AUDITED)));
        assertThat(history()).hasSize(2);
    }

    @Test
    void an_id_that_is_known_with_another_arn_is_rejected() {
        // Given
        await(operations.announce(instance.arn(), "acme", false));
        InstanceArn other = InstanceArn.parse(instance.arn().toString().replace(Instance.ACCOUNT, "444455556666"));

        // Then
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> await(operations.announce(other, "acme", false)));
    }

    @Test
    void an_unrecorded_instance_can_be_neither_described_nor_compared() {
        assertThatExceptionOfType(UnknownInstanceException.class)
                .isThrownBy(() -> await(operations.describe(instance.id(), AUDITED)));
        assertThatExceptionOfType(UnknownInstanceException.class)
                .isThrownBy(() -> await(operations.reconcile(instance.id())));
    }

    @Test
    void a_description_is_recorded_once_and_put_back_whenever_it_was_changed() {
        // Given
        await(operations.announce(instance.arn(), "acme", false));

        // When
        OperatorResult told = await(operations.describe(instance.id(), AUDITED));

        // Then
        assertThat(told.news()).isTrue();
        assertThat(cloud.description(instance.roleName())).contains(AUDITED.text());

        // And when it is said again of a role that somebody described otherwise
        cloud.administrator()
                .updateRoleDescription(
                        r -> r.roleName(instance.roleName().value()).description("by hand"))
                .join();
        assertThat(await(operations.describe(instance.id(), AUDITED)).news()).isFalse();
        assertThat(cloud.description(instance.roleName())).contains(AUDITED.text());
        assertThat(history())
                .extracting(HistoryEntry.EventRecorded::type)
                .containsExactlyInAnyOrder("instance-created", "description-edited");
    }

    @Test
    void who_speaks_last_is_heard_although_his_clock_is_behind() {
        // Given
        await(operations.announce(instance.arn(), "acme", false));
        await(operations.describe(instance.id(), AUDITED));

        // When
        RoleDescription later = new RoleDescription("for everybody");
        Operations behind = cloud.process().operations(() -> NOW.minusSeconds(60));
        assertThat(await(behind.describe(instance.id(), later)).news()).isTrue();

        // Then
        assertThat(cloud.description(instance.roleName())).contains(later.text());

        // And at the very same time
        await(operations.describe(instance.id(), AUDITED));
        assertThat(cloud.description(instance.roleName())).contains(AUDITED.text());
    }

    /** Returns the recorded events. */
    private List<HistoryEntry.EventRecorded> history() {
        return await(cloud.process().ledger().history(instance.id())).stream()
                .flatMap(entry ->
                        entry instanceof HistoryEntry.EventRecorded recorded ? Stream.of(recorded) : Stream.empty())
                .toList();
    }
}
