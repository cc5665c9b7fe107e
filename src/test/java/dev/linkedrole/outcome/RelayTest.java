package dev.linkedrole.outcome;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.CountedReplica;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Publishing from the outbox to the target: its order, its cost, and its independence of role handling while a target
 * fails.
 */
@Tag("aws")
class RelayTest {

    private static final Duration LATER = Duration.ofMinutes(1);
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    /** Consecutive failures after which no more outcomes are sent to a target. */
    private static final int ENOUGH = 5;

    private final Deployment deployment = Deployment.provision();
    private final OutboxNotifier notifier = new OutboxNotifier();
    private final CountedReplica counted = new CountedReplica(deployment, notifier);
    private final Outbox outbox = counted.outbox();
    private final RecordingPublisher target = new RecordingPublisher();
    private final Instance instance = Instance.random();

    @AfterEach
    void close() {
        counted.close();
    }

    @Test
    void a_grant_is_told_at_once_and_costs_the_ledger_two_calls_more() {
        // Given
        OutcomeCollector teller = new OutcomeCollector(outbox, notifier, target, Duration.ZERO);
        counted.replica().takeAll(instance.created(0));
        awaitPublished(1);
        awaitNothingWaits();
        counted.forget();

        // When
        counted.replica().takeAll(instance.enabled(1, "agent-events", STREAM));
        teller.finish();

        // Then
        assertThat(target.published()).hasSize(2);
        assertThat(counted.iamCalls().take()).containsExactly("PutRolePolicy");
        assertThat(counted.ledgerCalls().take())
                .containsExactly("TransactGetItems", "TransactWriteItems", "TransactWriteItems", "Query", "DeleteItem");
        assertThat(teller.registry()
                        .counter("linked.role.outcomes.published", "type", "role-updated")
                        .count())
                .isEqualTo(2);
    }

    @Test
    void outcomes_left_by_a_clock_far_ahead_are_published_by_the_next_sweep() {
        // Given a replica that died before it told it, and another one whose clock is hours behind
        counted.replica().takeAll(instance.created(0));
        OutcomeCollector behind = new OutcomeCollector(outbox, new OutboxNotifier(), target, Duration.ofHours(-5));

        // When
        long carried = behind.sweep();

        // Then
        assertThat(carried).isOne();
        assertThat(target.published()).hasSize(1);
        assertThat(behind.registry()
                        .get("linked.role.outcomes.oldest.age")
                        .gauge()
                        .value())
                .isZero();
    }

    @Test
    void what_has_just_been_put_in_is_left_to_who_put_it_in() {
        // Given
        counted.replica().takeAll(instance.created(0));

        // Then
        assertThat(new OutcomeCollector(outbox, new OutboxNotifier(), target, Duration.ZERO).sweep())
                .isZero();
        assertThat(target.published()).isEmpty();
    }

    @Test
    void roles_go_on_while_the_target_is_down_and_outcomes_follow_in_order() {
        // Given
        target.fail(true);
        OutcomeCollector teller = new OutcomeCollector(outbox, notifier, target, LATER);
        List<RoleEvent> events = IntStream.range(1, 25)
                .mapToObj(second -> instance.enabled(second, "agent-events", STREAM + second))
                .toList();

        // When
        counted.replica().takeAll(instance.created(0));
        counted.replica().takeAll(events.toArray(RoleEvent[]::new));

        // Then every role is right, the target is not asked for each, and it is to be seen what waits
        assertThat(await(counted.replica().reconciler().reconcile(instance.id(), ReconcileMode.LEDGER)))
                .isInstanceOf(Reconciliation.InForce.class);
        await("the target to be left alone")
                .atMost(TestTimeout.LONGEST)
                .until(() -> teller.progress().targetFails());
        assertThat(target.calls()).isLessThan(events.size());
        assertThat(teller.sweep()).isZero();
        assertThat(teller.progress().backlog().pending()).isEqualTo(25);
        assertThat(teller.progress().lastFailure()).contains("the target is down");

        // And when it is back
        target.fail(false);
        assertThat(teller.sweep()).isEqualTo(25);
        assertThat(revisions()).hasSize(25).isSorted().doesNotHaveDuplicates();
        assertThat(teller.sweep()).isZero();
        assertThat(teller.progress().backlog().pending()).isZero();
        assertThat(teller.progress().lastFailure()).isEmpty();
    }

    @Test
    void a_target_that_fails_is_left_alone_until_the_next_sweep() {
        // Given
        target.fail(true);
        OutcomeCollector teller = new OutcomeCollector(outbox, notifier, target, LATER);
        for (int i = 0; i < 3 * ENOUGH; i++) {
            counted.replica().takeAll(Instance.random().created(0));
        }
        await("the target to be left alone")
                .atMost(TestTimeout.LONGEST)
                .until(() -> teller.progress().targetFails());

        // When
        int before = target.calls();
        counted.replica().takeAll(instance.created(0));

        // Then
        assertThat(target.calls() - before).isZero();

        // And a sweep finds out that it is back, after which it is used as ever
        target.fail(false);
        assertThat(teller.sweep()).isEqualTo(3 * ENOUGH + 1);
        counted.replica().takeAll(instance.enabled(1, "agent-events", STREAM));
        awaitPublished(3 * ENOUGH + 2);
    }

    @Test
    void what_was_put_in_a_moment_ago_is_left_to_whoever_put_it_in() {
        // Given one who put something in and is about to publish it
        counted.replica().takeAll(instance.created(0));

        // When another one looks for what is left behind
        OutcomeCollector other = new OutcomeCollector(outbox, new OutboxNotifier(), target, Duration.ZERO);

        // Then
        assertThat(other.sweep()).isZero();

        // And later it is left behind
        assertThat(new OutcomeCollector(outbox, new OutboxNotifier(), target, LATER).sweep())
                .isEqualTo(1);
    }

    @Test
    void two_relays_on_one_lane_may_publish_twice_but_keep_the_order() {
        // Given
        counted.replica().takeAll(instance.created(0));
        for (int second = 1; second < 30; second++) {
            counted.replica().takeAll(instance.enabled(second, "agent-events", STREAM + second));
        }

        // When
        List<OutcomeCollector> both = List.of(
                new OutcomeCollector(outbox, new OutboxNotifier(), target, LATER),
                new OutcomeCollector(outbox, new OutboxNotifier(), target, LATER));
        both.forEach(teller -> teller.relay().wake(Outbox.laneOf(instance.id())));
        both.forEach(OutcomeCollector::finish);

        // Then
        assertThat(revisions()).hasSize(30).isSorted().doesNotHaveDuplicates();
        awaitNothingWaits();
    }

    private List<Long> revisions() {
        return target.firstOf(instance.id().value()).stream()
                .map(event -> event.json().replaceFirst("^.*\"revision\":([0-9]+).*$", "$1"))
                .map(Long::valueOf)
                .toList();
    }

    private void awaitPublished(int many) {
        await(many + " outcomes")
                .atMost(TestTimeout.LONGEST)
                .until(() -> target.published().size() == many);
    }

    private void awaitNothingWaits() {
        await("nothing to wait")
                .atMost(TestTimeout.LONGEST)
                .until(() ->
                        await(outbox.oldest(Outbox.laneOf(instance.id()), 10)).isEmpty());
    }
}
