package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Events of one instance that come together, or while others are being handled: the results, and the calls made. */
class EventBatchTest {

    private static final int TOO_MANY = 1_200;

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final ModelCloud.MortalProcess another = cloud.process();
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);
    private final Queue<Runnable> interruptions = new ArrayDeque<>();

    @Test
    void events_that_come_together_are_recorded_at_once_and_written_at_once() {
        // Given
        RoleEvent created = instance.created(0);

        // When
        List<HandlingResult> handled =
                all(created, Bots.enabled(instance, 1, 0, 1), created, Bots.enabled(instance, 2, 1, 2));

        // Then
        assertThat(handled).extracting(HandlingResult::duplicate).containsExactly(false, false, true, false);
        assertThat(calls.calls).containsExactly("Load", "Record", "CreateRole", "PutRolePolicy", "MarkApplied");
        assertThat(another.record(instance).revision()).isOne();
    }

    @Test
    void what_was_recorded_before_is_left_out_and_the_rest_is_recorded() {
        // Given
        RoleEvent created = instance.created(0);
        await(another.handler().handle(created, false));

        // When
        List<HandlingResult> handled = all(created, Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(handled).extracting(HandlingResult::duplicate).containsExactly(true, false);
        assertThat(calls.calls).containsExactly("Load", "Record", "Load", "Record", "PutRolePolicy", "MarkApplied");
    }

    @Test
    void a_reused_event_id_is_rejected_and_the_rest_is_recorded() {
        // Given
        RoleEvent created = instance.created(0);
        await(another.handler().handle(created, false));
        RoleEvent other = new RoleEvent.FeatureEnabled(
                created.eventId(), instance.arn(), created.time().plusSeconds(3), "outbound-campaigns", Set.of());

        // When
        List<Uni<HandlingResult>> handled = together(other, Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThatThrownBy(() -> await(handled.getFirst()))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> {
                    assertThat(rejected.rejection().reason()).isEqualTo(Rejection.Reason.ID_REUSED);
                    assertThat(rejected.rejection().detail())
                            .contains(created.time().toString(), other.time().toString());
                });
        assertThat(await(handled.getLast()).duplicate()).isFalse();
        assertThat(another.record(instance).role().grants()).hasSize(1 + 1);
    }

    @Test
    void what_was_recorded_before_and_is_in_force_costs_iam_nothing() {
        // Given
        RoleEvent created = instance.created(0);
        await(another.handler().handle(created, false));

        // When
        List<HandlingResult> handled = all(created);

        // Then
        assertThat(handled).singleElement().satisfies(one -> {
            assertThat(one.duplicate()).isTrue();
            assertThat(one.reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        });
        assertThat(calls.calls).containsExactly("Load", "Record", "Load");
    }

    @Test
    void who_is_overtaken_while_he_records_does_it_again_on_what_is_newest() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        interruptRecording(() -> another.record(Bots.enabled(instance, 1, 0, 1)));

        // When
        all(Bots.enabled(instance, 2, 1, 2));

        // Then
        assertThat(calls.calls).startsWith("Load", "Record", "Load", "Record");
        assertThat(another.record(instance).role().grants()).hasSize(1 + 2);
        assertThat(another.record(instance).settled()).isTrue();
    }

    @Test
    void after_thirteen_conflicts_messages_are_returned_and_the_next_handled() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        for (int i = 0; i < 13; i++) {
            int number = i;
            interruptRecording(() -> another.record(Bots.enabled(instance, 1, number, number + 1)));
        }

        // When
        Uni<HandlingResult> unlucky = process.handler().handle(Bots.enabled(instance, 2, 100, 101), false);

        // Then
        assertThatThrownBy(() -> await(unlucky)).hasMessageContaining("recorded first");
        assertThat(calls.count("Record")).isEqualTo(13);
        assertThat(calls.count("PutRolePolicy")).isZero();
        all(Bots.enabled(instance, 3, 101, 102));
        assertThat(another.record(instance).role().grants()).hasSize(1 + 13 + 1);
    }

    @Test
    void events_that_come_meanwhile_are_recorded_first_up_to_three_times() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        List<Uni<HandlingResult>> meanwhile = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            RoleEvent next = Bots.enabled(instance, i, i, i + 1);
            interruptRecording(
                    () -> meanwhile.addAll(process.handler().handle(List.of(new ReceivedEvent(next, false)))));
        }

        // When
        all(Bots.enabled(instance, 6, 6, 7));
        meanwhile.forEach(handled -> await(handled));

        // Then
        assertThat(calls.calls.stream().filter(call -> call.equals("Record") || call.equals("PutRolePolicy")))
                .containsExactly(
                        "Record", "Record", "Record", "PutRolePolicy", "Record", "Record", "Record", "PutRolePolicy");
        assertThat(another.record(instance).role().grants()).hasSize(1 + 6);
    }

    @Test
    void what_this_process_alone_has_recorded_is_written_only_if_it_differs() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        RoleEvent back = Bots.disabled(instance, 2, 0, 1);
        interruptRecording(() -> process.handler().handle(List.of(new ReceivedEvent(back, false))));

        // When
        all(Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(another.record(instance).revision()).isEqualTo(3);
        assertThat(another.record(instance).settled()).isTrue();
        assertThat(calls.calls).containsExactly("Load", "Record", "Record", "MarkApplied");
    }

    @Test
    void changes_of_another_replica_are_written_whatever_the_ledger_says() {
        // Given a replica that died before it had written, or after that
        await(another.handler().handle(instance.created(0), false));
        another.record(Bots.enabled(instance, 1, 0, 1));

        // When
        all(Bots.disabled(instance, 2, 0, 1));

        // Then
        assertThat(calls.calls).containsExactly("Load", "Record", "PutRolePolicy", "MarkApplied");
    }

    @Test
    void so_it_is_where_another_has_come_in_between() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        RoleEvent back = Bots.disabled(instance, 4, 0, 2);
        interruptRecording(() -> process.handler().handle(List.of(new ReceivedEvent(back, false))));
        interruptRecording(() -> another.record(Bots.enabled(instance, 2, 1, 2)));

        // When
        all(Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(another.record(instance).role().grants()).hasSize(1);
        assertThat(calls.calls)
                .containsExactly("Load", "Record", "Load", "Record", "Load", "Record", "PutRolePolicy", "MarkApplied");
    }

    @Test
    void what_was_seen_by_somebody_before_is_compared_with_iam() {
        // Given
        RoleEvent created = instance.created(0);
        await(another.handler().handle(created, false));

        // When
        await(process.handler().handle(created, true));

        // Then
        assertThat(calls.calls).contains("GetRole").doesNotContain("PutRolePolicy", "MarkApplied");
    }

    @Test
    void what_does_not_fit_is_rejected_and_what_came_with_it_is_not() {
        // When
        List<Uni<HandlingResult>> handled =
                together(instance.created(0), Bots.enabled(instance, 1, 0, TOO_MANY), Bots.enabled(instance, 2, 0, 1));

        // Then
        assertThat(await(handled.get(0)).reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        assertTooLarge(handled.get(1));
        assertThat(await(handled.get(2)).reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        assertThat(another.record(instance).conditions()).singleElement().satisfies(condition -> {
            assertThat(condition.type()).isEqualTo(Condition.Type.PolicyTooLarge);
            assertThat(condition.detail())
                    .contains("characters over", "10240 in its inline policies and 10 managed policies of 6144 each");
        });
        assertThat(another.record(instance).settled()).isTrue();
        assertThat(calls.calls)
                .containsExactly(
                        "Load", "Record", "CreateRole", "PutRolePolicy", "MarkApplied", "Load", "SetCondition");
    }

    @Test
    void where_nothing_else_came_the_record_is_read_once() {
        // Given
        await(another.handler().handle(instance.created(0), false));

        // When
        assertTooLarge(process.handler().handle(Bots.enabled(instance, 1, 0, TOO_MANY), false));

        // Then
        assertThat(calls.calls.stream().filter(call -> !call.equals("LoadDisabled")))
                .containsExactly("Load", "SetCondition");
    }

    @Test
    void of_an_instance_that_is_not_known_there_is_nothing_to_hold() {
        assertTooLarge(process.handler().handle(Bots.enabled(instance, 1, 0, TOO_MANY), false));
        assertThat(calls.calls).containsExactly("Load");
    }

    @Test
    void a_rejection_that_cannot_be_noted_on_the_role_is_none_yet() {
        // Given
        await(another.handler().handle(instance.created(0), false));
        calls.before("SetCondition", () -> {
            throw IamFaults.serviceFailure();
        });

        // When
        Uni<HandlingResult> handled = process.handler().handle(Bots.enabled(instance, 1, 0, TOO_MANY), false);

        // Then
        assertThatThrownBy(() -> await(handled)).isNotInstanceOf(RejectedException.class);
    }

    @Test
    void disabling_thousands_of_unknown_resources_leaves_no_mark_on_the_role() {
        // Given
        await(another.handler().handle(instance.created(0), false));

        // When
        List<Integer> costs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.calls.clear();
            all(Bots.disabled(instance, 5, 1_000 * i, 1_000 * (i + 1)));
            costs.add(calls.calls.size());
        }

        // Then
        assertThat(costs.get(2)).isEqualTo(costs.get(1));
        assertThat(another.record(instance).role().grantWrites()).isEmpty();
        all(Bots.enabled(instance, 4, 0, 1_000), Bots.enabled(instance, 4, 2_999, 3_001));
        assertThat(another.record(instance).role().enabled()).hasSize(1);
    }

    @Test
    void what_comes_and_goes_for_years_costs_what_it_did_at_first() {
        // Given
        await(another.handler().handle(instance.created(0), false));

        // When
        List<List<String>> costs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            calls.calls.clear();
            all(Bots.enabled(instance, 2 * i + 1, 100 * i, 100 * (i + 1)));
            all(Bots.disabled(instance, 2 * i + 2, 100 * i, 100 * (i + 1)));
            costs.add(List.copyOf(calls.calls));
        }

        // Then
        assertThat(costs.getLast()).isEqualTo(costs.get(1));
        assertThat(another.record(instance).role().grantWrites()).isEmpty();
        assertThat(another.record(instance).settled()).isTrue();
    }

    @Test
    void if_iam_fails_all_messages_come_again() {
        // Given
        calls.before("CreateRole", () -> {
            throw IamFaults.serviceFailure();
        });

        // When
        List<Uni<HandlingResult>> handled = together(instance.created(0), Bots.enabled(instance, 1, 0, 1));

        // Then
        assertThat(handled)
                .allSatisfy(one -> assertThatThrownBy(() -> await(one)).isInstanceOf(IamCallException.class));
        assertThat(another.record(instance).settled()).isFalse();
    }

    private static void assertTooLarge(Uni<HandlingResult> handled) {
        assertThatThrownBy(() -> await(handled))
                .isInstanceOfSatisfying(
                        RejectedException.class,
                        rejected ->
                                assertThat(rejected.rejection().reason()).isEqualTo(Rejection.Reason.POLICY_TOO_LARGE));
    }

    /** Runs an interruption before the next recording call. */
    private void interruptRecording(Runnable work) {
        interruptions.add(work);
        calls.before("Record", () -> {
            Runnable next = interruptions.poll();
            if (next != null) {
                next.run();
            }
        });
    }

    private List<Uni<HandlingResult>> together(RoleEvent... events) {
        return process.handler()
                .handle(Stream.of(events)
                        .map(event -> new ReceivedEvent(event, false))
                        .toList());
    }

    private List<HandlingResult> all(RoleEvent... events) {
        return together(events).stream().map(handled -> await(handled)).toList();
    }
}
