package dev.linkedrole.reconcile.apply;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.NotAdoptedException;
import dev.linkedrole.reconcile.operations.Operations;
import dev.linkedrole.reconcile.operations.OperatorResult;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ContractTable;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.model.Tag;

/** A lost ledger and existing roles: no permission is revoked before an operator confirms the record. */
class UnrecordedRoleTest {

    /** The clock of the record, an hour after the creation of the roles. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false, LATER);

    @Test
    void what_a_role_grants_beyond_the_record_stays_and_is_named() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();

        // When
        cloud.process().take(instance.created(2));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
        assertThat(condition().detail())
                .contains("was there before anything was recorded of it", Bots.bot(0), Bots.bot(1));
    }

    @Test
    void what_is_recorded_meanwhile_is_granted_beside_it() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();

        // When
        cloud.process().take(instance.created(2), Bots.enabled(instance, 3, 5, 6), Bots.disabled(instance, 4, 0, 1));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2), Bots.permissions(5, 6));
        assertThat(condition().detail()).contains(Bots.bot(0)).doesNotContain(Bots.bot(5));
    }

    @Test
    void once_an_operator_says_so_it_is_what_is_recorded() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        ModelCloud.MortalProcess process = cloud.process();
        process.take(instance.created(2), Bots.enabled(instance, 3, 5, 6));
        Operations operations = process.operations(LATER);

        // When
        await(operations.announce(instance.arn(), "", false));
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2), Bots.permissions(5, 6));
        await(operations.announce(instance.arn(), "", true));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(5, 6));
        assertThat(cloud.inlinePolicies(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).hasSize(1));
        assertThat(process.record(instance).conditions()).isEmpty();
        assertThat(process.record(instance).settled()).isTrue();

        // And what it had is kept
        assertThat(await(process.ledger().history(instance.id())))
                .filteredOn(HistoryEntry.EventRecorded.class::isInstance)
                .last()
                .isInstanceOfSatisfying(HistoryEntry.EventRecorded.class, adopted -> {
                    assertThat(adopted.replaced()).containsKeys("trust", "linked-role", "linked-role-recorded");
                    assertThat(adopted.replaced().get("linked-role")).contains(Bots.bot(0), Bots.bot(1));
                });
    }

    @Test
    void a_role_of_another_owner_is_not_adopted_and_no_word_is_recorded() {
        // Given
        cloud.administrator()
                .createRole(r -> r.roleName(instance.roleName().value())
                        .assumeRolePolicyDocument("""
                                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""")
                        .tags(Tag.builder()
                                .key("Linked-Role:managed-by")
                                .value("they")
                                .build()))
                .join();
        ModelCloud.MortalProcess process = cloud.process();

        // When
        Uni<OperatorResult> told = process.operations(LATER).announce(instance.arn(), "", true);

        // Then
        assertThatThrownBy(() -> await(told))
                .isInstanceOf(NotAdoptedException.class)
                .hasMessageContaining("belongs to the owner they");
        assertThat(process.record(instance).role().adoptedAt()).isEmpty();
    }

    @Test
    void a_role_that_grants_no_more_than_is_recorded_is_gone_on_with() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 1));
        cloud.loseLedger();
        ModelCloud.MortalProcess process = cloud.process();

        // When
        process.record(Bots.enabled(instance, 1, 0, 2));
        process.take(instance.created(2));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-6, 0, 6})
    void one_that_who_died_had_made_a_moment_ago_is_ours_as_before(long hoursAhead) {
        // Given a replica that had granted a permission revoked since, by a clock that is not IAM's
        ModelCloud now = new ModelCloud(false, Clock.offset(Clock.systemUTC(), Duration.ofHours(hoursAhead)));
        ModelCloud.MortalProcess process = now.process();
        process.record(Bots.enabled(instance, 1, 0, 2));
        assertThatThrownBy(() -> await(now.process(new InterruptedReplica().before("MarkApplied", () -> {
                            throw IamFaults.serviceFailure();
                        }))
                        .handler()
                        .handle(instance.created(0), false)))
                .isInstanceOf(Exception.class);

        // When
        process.take(Bots.disabled(instance, 2, 0, 1));

        // Then
        assertThat(now.permissions(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all)
                        .containsAll(Bots.permissions(1, 2))
                        .doesNotContainAnyElementsOf(Bots.permissions(0, 1)));
        assertThat(process.record(instance).conditions()).isEmpty();
    }

    @Test
    void a_ledger_lost_a_moment_ago_is_noticed_too() {
        // Given
        ModelCloud now = new ModelCloud(false);
        now.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        now.loseLedger();

        // When
        now.process().take(instance.created(2));

        // Then
        assertThat(now.permissions(instance.roleName()))
                .hasValueSatisfying(all -> assertThat(all).containsAll(Bots.permissions(0, 2)));
        assertThat(now.process().record(instance).condition(Condition.Type.RoleNotRecorded))
                .isPresent();
    }

    @Test
    void of_many_grants_beyond_the_record_twenty_are_named_and_the_rest_counted() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 25));
        cloud.loseLedger();

        // When
        cloud.process().take(instance.created(2));

        // Then
        assertThat(condition().detail())
                .contains(Bots.bot(0))
                .endsWith(" and 6 more")
                .doesNotContain(Bots.bot(24));
    }

    @Test
    void of_twenty_grants_beyond_the_record_each_is_named() {
        // Given bots, and what every role with bots may do
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 19));
        cloud.loseLedger();

        // When
        cloud.process().take(instance.created(2));

        // Then
        assertThat(condition().detail()).contains(Bots.bot(0), Bots.bot(18)).doesNotContain(" more");
    }

    @Test
    void an_adoption_from_before_the_role_does_not_count_for_it() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        cloud.process().record(instance.adopted(Instant.EPOCH));

        // When
        cloud.process().take(instance.created(2));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
        assertThat(condition().detail()).contains(Bots.bot(0), Bots.bot(1));
    }

    @Test
    void what_is_recorded_meanwhile_and_does_not_fit_is_said() {
        // Given a role whose inline policy is nearly full
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, Bots.FIT_INLINE));
        cloud.loseLedger();
        InterruptedReplica calls = new InterruptedReplica();

        // When
        cloud.process(calls).take(instance.created(2), Bots.enabled(instance, 3, 500, 540));

        // Then nothing is written that IAM would reject
        assertThat(calls.calls).doesNotContain("PutRolePolicy");
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, Bots.FIT_INLINE));
        assertThat(condition().detail()).endsWith("it does not fit beside that, or IAM rejects it");
    }

    @Test
    void what_is_recorded_meanwhile_and_rejected_by_iam_is_said() {
        // Given
        cloud.process().take(instance.created(0), Bots.enabled(instance, 1, 0, 2));
        cloud.loseLedger();
        InterruptedReplica forbidden = new InterruptedReplica().before("PutRolePolicy", () -> {
            throw IamFaults.accessDenied("iam:PutRolePolicy", "the role");
        });

        // When
        ModelCloud.MortalProcess process = cloud.process(forbidden);
        process.record(Bots.enabled(instance, 1, 5, 6));
        process.take(instance.created(2));

        // Then
        cloud.assertMay(instance.roleName(), ContractTable.BASE, Bots.permissions(0, 2));
        assertThat(condition().detail()).endsWith("it does not fit beside that, or IAM rejects it");
    }

    private Condition condition() {
        return cloud.process()
                .record(instance)
                .condition(Condition.Type.RoleNotRecorded)
                .orElseThrow();
    }
}
