package dev.linkedrole.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.time.TestTimeout;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many events of one instance at once: their cost, and their separate results. */
@Tag("aws")
class BurstTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/s";

    private final CountedReplica one = new CountedReplica(SharedTable.SHARED);
    private final CountedReplica other = new CountedReplica(SharedTable.SHARED);
    private final IamReader iam = new IamReader(AwsTestClients.PLAIN_IAM);
    private final Instance instance = Instance.random();

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void a_burst_of_grants_is_at_most_five_policy_writes_on_any_replicas() {
        // Given
        one.replica().takeAll(instance.created(0));
        one.forget();
        List<RoleEvent> grants = grants(100);

        // When each replica gets every other batch of ten
        List<Uni<HandlingResult>> handled = new ArrayList<>();
        for (int batch = 0; batch < 10; batch++) {
            CountedReplica replica = batch % 2 == 0 ? one : other;
            handled.addAll(replica.replica().takeTogether(grants.subList(batch * 10, batch * 10 + 10)));
        }
        handled.forEach(TestTimeout::await);

        // Then
        List<String> calls = Stream.of(one, other)
                .flatMap(replica -> replica.iamCalls().take().stream())
                .toList();
        assertThat(calls).containsOnly("PutRolePolicy").hasSizeLessThanOrEqualTo(5);
        assertRoleIsAsSaidBy(grants);

        // And each event has its own place in the history
        assertThat(recorded())
                .hasSize(101)
                .extracting(HistoryEntry.EventRecorded::event)
                .doesNotHaveDuplicates();
    }

    @Test
    void events_that_come_together_are_one_record_and_one_write() {
        // Given
        one.replica().takeAll(instance.created(0));
        one.forget();

        // When
        List<RoleEvent> grants = grants(30);
        List<HandlingResult> handled = one.replica().takeTogether(grants).stream()
                .map(TestTimeout::await)
                .toList();

        // Then
        assertThat(one.iamCalls().take()).containsExactly("PutRolePolicy");
        // Items of more than 24 grants are read after the role item, and not together with it.
        assertThat(one.ledgerCalls().take())
                .containsExactly("GetItem", "BatchGetItem", "TransactWriteItems", "TransactWriteItems");
        assertThat(handled).noneMatch(HandlingResult::duplicate);
        assertRoleIsAsSaidBy(grants);
    }

    @Test
    void duplicates_among_them_are_left_out_and_told_so() {
        // Given two events that are known, and one that comes twice at once
        List<RoleEvent> grants = grants(6);
        one.replica().takeAll(instance.created(0), grants.get(1), grants.get(4));
        one.forget();
        List<RoleEvent> together = new ArrayList<>(grants);
        together.add(grants.get(5));

        // When
        List<HandlingResult> handled = one.replica().takeTogether(together).stream()
                .map(TestTimeout::await)
                .toList();

        // Then
        assertThat(handled.stream().map(HandlingResult::duplicate))
                .containsExactly(false, true, false, false, true, false, true);
        assertThat(one.iamCalls().take()).containsExactly("PutRolePolicy");
        assertThat(recorded()).hasSize(7);
        assertRoleIsAsSaidBy(grants);
    }

    @Test
    void what_cannot_be_accepted_is_rejected_alone() {
        // Given one that is too large among others
        one.replica().takeAll(instance.created(0));
        RoleEvent tooLarge = instance.enabled(
                2,
                "agent-events",
                IntStream.range(0, 900)
                        .mapToObj(i -> STREAM + "x".repeat(90) + i)
                        .toArray(String[]::new));
        List<RoleEvent> grants = grants(2);
        List<RoleEvent> together = List.of(grants.get(0), tooLarge, grants.get(1));

        // When
        List<Uni<HandlingResult>> handled = one.replica().takeTogether(together);

        // Then
        assertThat(TestTimeout.await(handled.get(0)).duplicate()).isFalse();
        assertThat(TestTimeout.await(handled.get(2)).duplicate()).isFalse();
        assertThat(TestTimeout.await(handled.get(1)
                        .replaceWith(Optional.<Throwable>empty())
                        .onFailure()
                        .recoverWithItem(Optional::of)))
                .hasValueSatisfying(failure -> assertThat(failure).isInstanceOf(RejectedException.class));
        assertThat(record().condition(Condition.Type.PolicyTooLarge)).isPresent();
        assertRoleIsAsSaidBy(grants);
    }

    @Test
    void one_that_comes_again_has_the_role_compared_with_iam_for_all() {
        // Given a role that was changed by hand
        List<RoleEvent> grants = grants(3);
        one.replica().takeAll(instance.created(0), grants.get(0));
        AwsTestClients.PLAIN_IAM.deleteRolePolicy(request -> request.roleName(
                        instance.roleName().value())
                .policyName(iam.get(instance.roleName()).inlinePolicies().firstKey()));

        // When
        List<Uni<HandlingResult>> handled = one.replica().takeTogether(grants.subList(1, 3));
        Uni<HandlingResult> again = one.replica().takeAgain(grants.get(0));
        handled.forEach(TestTimeout::await);
        assertThat(TestTimeout.await(again).duplicate()).isTrue();

        // Then
        assertRoleIsAsSaidBy(grants);
    }

    private List<RoleEvent> grants(int many) {
        return new ArrayList<>(IntStream.range(0, many)
                .mapToObj(i -> instance.enabled(1 + i, "agent-events", STREAM + i))
                .toList());
    }

    private List<HistoryEntry.EventRecorded> recorded() {
        return TestTimeout.await(SharedTable.ledger().history(instance.id())).stream()
                .filter(HistoryEntry.EventRecorded.class::isInstance)
                .map(HistoryEntry.EventRecorded.class::cast)
                .toList();
    }

    private RoleRecord record() {
        return TestTimeout.await(SharedTable.ledger().load(instance.id())).orElseThrow();
    }

    private void assertRoleIsAsSaidBy(List<RoleEvent> grants) {
        List<RoleEvent> all = new ArrayList<>(grants);
        all.add(instance.created(0));
        Collections.shuffle(all);
        assertThat(record().settled()).isTrue();
        assertThat(record().role()).isEqualTo(instance.after(all));
        assertThat(iam.get(instance.roleName()).inlinePolicies())
                .isEqualTo(
                        Defaults.COMPILER.compileAnnounced(instance.after(all)).inlinePolicies());
    }
}
