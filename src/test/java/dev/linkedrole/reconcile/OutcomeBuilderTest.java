package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.SharedTable;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The outcomes of events, as they are stored in the outbox. */
@Tag("aws")
class OutcomeBuilderTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/";
    private static final Grant ONE = Grant.of("agent-events", STREAM + "one");
    private static final Grant TWO = Grant.of("agent-events", STREAM + "two");

    private final OutboxNotifier notifier = new OutboxNotifier();
    private final List<String> rung = new CopyOnWriteArrayList<>();
    private final Ledger ledger = SharedTable.ledgerWithOutbox(notifier);
    private final Outbox outbox = SharedTable.outbox(notifier);
    private final Replica replica = new Replica(ledger, Replica.gateway());
    private final Instance instance = Instance.random();

    OutcomeBuilderTest() {
        notifier.setListener(rung::add);
    }

    @Test
    void a_role_that_was_made_is_told_with_its_base_permissions_name_and_arn() {
        // Given
        RoleEvent created = instance.created(0);

        // When
        replica.takeAll(created);

        // Then
        Outcome.RoleUpdated updated = updated(only());
        assertThat(updated.subject().instance()).isEqualTo(instance.arn());
        assertThat(updated.subject().role()).isEqualTo(instance.roleName());
        assertThat(updated.subject().arn())
                .hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + instance.roleName()));
        assertThat(updated.subject().revision()).isEqualTo(1);
        assertThat(updated.granted()).isEqualTo(grants(Grant.BASE));
        assertThat(updated.taken()).isEmpty();
        assertThat(answered(updated)).containsExactly(created.eventId());
        assertThat(rung).containsExactly(instance.id().value());
    }

    @Test
    void a_grant_and_its_withdrawal_are_told_one_after_the_other() {
        // Given
        replica.takeAll(instance.created(0));
        removeAll();

        // When
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM + "one", STREAM + "two");
        RoleEvent disabled = instance.disabled(2, "agent-events", STREAM + "one");
        RoleEvent gone = instance.disabled(3, "agent-events");
        replica.takeAll(enabled, disabled, gone);

        // Then
        List<Outcome> told = waiting();
        assertThat(told).hasSize(3);
        assertThat(updated(told.get(0)).granted()).isEqualTo(grants(ONE, TWO));
        assertThat(updated(told.get(1)).taken()).isEqualTo(grants(ONE));
        assertThat(updated(told.get(1)).granted()).isEmpty();
        assertThat(updated(told.get(2)).taken()).isEqualTo(grants(TWO));
        assertThat(told.stream().map(OutcomeBuilderTest::answered))
                .containsExactly(List.of(enabled.eventId()), List.of(disabled.eventId()), List.of(gone.eventId()));
    }

    @Test
    void a_grant_before_its_instance_is_announced_is_answered_afterwards() {
        // Given
        RoleEvent enabled = instance.enabled(1, "agent-events", STREAM + "one");
        replica.takeAll(enabled);
        assertThat(waiting()).isEmpty();

        // When
        RoleEvent created = instance.created(2);
        replica.takeAll(created);

        // Then
        Outcome.RoleUpdated updated = updated(only());
        assertThat(updated.granted()).isEqualTo(grants(Grant.BASE, ONE));
        assertThat(answered(updated)).containsExactly(enabled.eventId(), created.eventId());
    }

    @Test
    void events_put_in_force_by_one_write_are_answered_together_correctly() {
        // Given a role that IAM does not take for a while
        replica.takeAll(instance.created(0));
        removeAll();
        Replica failing = new Replica(ledger, new UnwritableGateway());
        RoleEvent one = instance.enabled(1, "agent-events", STREAM + "one");
        RoleEvent two = instance.enabled(2, "agent-events", STREAM + "two");
        RoleEvent back = instance.disabled(3, "agent-events", STREAM + "one");
        for (RoleEvent event : List.of(one, two, back)) {
            await(failing.take(event).replaceWithVoid().onFailure().recoverWithNull());
        }
        assertThat(waiting()).isEmpty();

        // When
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then no outcome reports a grant that was revoked since
        Outcome.RoleUpdated updated = updated(only());
        assertThat(updated.subject().revision()).isEqualTo(4);
        assertThat(updated.granted()).isEqualTo(grants(TWO));
        assertThat(updated.taken()).isEqualTo(grants(ONE));
        assertThat(answered(updated)).containsExactly(one.eventId(), two.eventId(), back.eventId());
    }

    @Test
    void a_new_event_that_changes_nothing_is_answered_with_what_holds() {
        // Given
        replica.takeAll(
                instance.created(0),
                instance.enabled(1, "agent-events", STREAM + "one"),
                instance.disabled(5, "agent-events", STREAM + "two"));
        removeAll();

        // When
        RoleEvent known = instance.enabled(1, "agent-events", STREAM + "one");
        RoleEvent late = instance.enabled(4, "agent-events", STREAM + "two");
        replica.takeAll(known, late);

        // Then
        List<Outcome> told = waiting();
        assertThat(told).hasSize(2);
        assertThat(updated(told.get(0)).granted()).isEqualTo(grants(ONE));
        assertThat(answered(told.get(0))).containsExactly(known.eventId());
        assertThat(updated(told.get(1)).granted()).isEmpty();
        assertThat(updated(told.get(1)).taken()).isEqualTo(grants(TWO));
        assertThat(answered(told.get(1))).containsExactly(late.eventId());
        assertThat(told).extracting(Outcome::id).doesNotHaveDuplicates();
    }

    @Test
    void an_event_that_comes_again_is_not_answered_again() {
        // Given
        RoleEvent created = instance.created(0);
        replica.takeAll(created);
        removeAll();

        // When
        replica.takeAll(created);
        await(replica.takeAgain(created));

        // Then
        assertThat(waiting()).isEmpty();
    }

    @Test
    void drift_that_is_repaired_is_told_to_nobody() {
        // Given
        replica.takeAll(instance.created(0));
        removeAll();
        await(Replica.gateway()
                .carryOut(
                        instance.roleName(),
                        new Step.DeleteInlinePolicy(Defaults.COMPILER
                                .compileAnnounced(instance.after(List.of(instance.created(0))))
                                .inlinePolicies()
                                .firstKey())));

        // When
        Reconciliation reconciliation = await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(reconciliation)
                .isInstanceOfSatisfying(
                        Reconciliation.InForce.class,
                        inForce -> assertThat(inForce.steps()).isNotEmpty());
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_grant_no_longer_in_the_catalog_is_not_reported_in_force() {
        // When
        replica.takeAll(instance.created(0), instance.enabled(1, "no-such-feature", STREAM + "one"));

        // Then
        Outcome.RoleUpdated updated = updated(waiting().getLast());
        assertThat(updated.granted()).isEmpty();
        assertThat(updated.taken()).isEqualTo(grants(Grant.of("no-such-feature", STREAM + "one")));
    }

    @Test
    void while_a_role_is_held_nobody_is_told_and_once_it_is_mended_all_are() {
        // Given a role whose name is taken
        ManualRoleEdit theirs = ManualRoleEdit.of(instance.roleName()).make(Map.of());
        RoleEvent created = instance.created(0);
        RoleEvent again = instance.created(0);
        replica.takeAll(created, again);
        assertThat(waiting()).isEmpty();

        // When
        theirs.remove();
        await(replica.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(answered(only())).containsExactly(created.eventId(), again.eventId());
    }

    @Test
    void a_deletion_answers_all_that_was_not_answered_and_what_comes_too_late() {
        // Given
        RoleEvent early = instance.enabled(1, "agent-events", STREAM + "one");
        RoleEvent deleted = instance.deleted(9);
        replica.takeAll(early, deleted);

        // When
        RoleEvent late = instance.enabled(10, "agent-events", STREAM + "two");
        replica.takeAll(late);

        // Then
        List<Outcome> told = waiting();
        assertThat(told).hasSize(2).allMatch(Outcome.RoleDeleted.class::isInstance);
        assertThat(answered(told.get(0))).containsExactly(early.eventId(), deleted.eventId());
        assertThat(answered(told.get(1))).containsExactly(late.eventId());
    }

    @Test
    void a_rejection_comes_after_what_became_of_the_role_before() {
        // Given
        replica.takeAll(instance.created(0));
        RejectedEvents rejections = rejectedEvents();
        AcknowledgedEvent rejected =
                new AcknowledgedEvent(new EventId("7f1d", "acme/contact-centre"), Optional.of("feature-enabled"));
        Rejection rejection = new Rejection(Rejection.Reason.WILDCARD, "has a wildcard").of("data.resources[0]");

        // When
        await(rejections.publish(rejected, Optional.of(instance.id()), rejection));

        // Then
        List<Outcome> told = waiting();
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).isInstanceOfSatisfying(Outcome.GrantRejected.class, told1 -> {
            assertThat(told1.rejected()).isEqualTo(rejected);
            assertThat(told1.rejection()).isEqualTo(rejection);
            assertThat(told1.about()).contains(instance.id());
            assertThat(told1.subject().map(Outcome.Subject::revision)).contains(1L);
        });
        assertThat(rung).hasSize(2);
    }

    @Test
    void a_rejection_of_what_names_no_instance_is_told_too() {
        // Given
        RejectedEvents rejections = rejectedEvents();
        AcknowledgedEvent rejected =
                new AcknowledgedEvent(new EventId(instance.id().value(), "acme"), Optional.empty());

        // When
        await(rejections.publish(rejected, Optional.empty(), new Rejection(Rejection.Reason.UNKNOWN_TYPE, "is none")));

        // Then
        List<PendingOutcome> waiting = await(outbox.oldest(rung.getFirst(), 10));
        assertThat(waiting).hasSize(1);
        assertThat(waiting.getFirst().outcome().answers()).containsExactly(rejected);
        assertThat(await(outbox.backlog(RecentWindow.around(
                                Clock.systemUTC().instant().plusSeconds(61), Duration.ofSeconds(1))))
                        .lanes())
                .contains(rung.getFirst());
        await(outbox.remove(waiting.getFirst()));
    }

    @Test
    void more_events_than_there_is_room_for_are_answered_by_number() {
        // Given an instance that is long in coming
        List<RoleEvent> events = new ArrayList<>();
        for (int second = 1; second <= 9; second++) {
            RoleEvent event = instance.disabled(second, "agent-events", STREAM + second);
            events.add(new RoleEvent.FeatureDisabled(
                    new EventId("x".repeat(2_000) + second, "y".repeat(10_000)),
                    event.instance(),
                    event.time(),
                    "agent-events",
                    new TreeSet<>(List.of(STREAM + second))));
        }
        replica.takeAll(events.toArray(RoleEvent[]::new));

        // When
        replica.takeAll(instance.created(0));

        // Then
        Outcome.RoleUpdated updated = updated(only());
        assertThat(updated.answers()).hasSizeBetween(3, 8);
        assertThat(updated.answers().size() + updated.unlisted()).isEqualTo(10);

        // And room is there again
        RoleEvent next = instance.enabled(20, "agent-events", STREAM + "one");
        replica.takeAll(next);
        assertThat(answered(waiting().getLast())).containsExactly(next.eventId());
        assertThat(updated(waiting().getLast()).unlisted()).isZero();
    }

    @Test
    void where_outcomes_are_not_told_nothing_is_kept_for_them() {
        // When
        new Replica().takeAll(instance.created(0), instance.enabled(1, "agent-events", STREAM + "one"));

        // Then
        assertThat(await(ledger.load(instance.id()))
                        .orElseThrow()
                        .pendingAcknowledgements()
                        .isEmpty())
                .isTrue();
        assertThat(waiting()).isEmpty();
    }

    private List<Outcome> waiting() {
        return await(outbox.oldest(Outbox.laneOf(instance.id()), 100)).stream()
                .map(PendingOutcome::outcome)
                .toList();
    }

    private Outcome only() {
        List<Outcome> waiting = waiting();
        assertThat(waiting).hasSize(1);
        return waiting.getFirst();
    }

    private void removeAll() {
        await(outbox.oldest(Outbox.laneOf(instance.id()), 100)).forEach(waiting -> await(outbox.remove(waiting)));
        rung.clear();
    }

    private static Outcome.RoleUpdated updated(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.RoleUpdated.class);
        return (Outcome.RoleUpdated) outcome;
    }

    private static List<EventId> answered(Outcome outcome) {
        return outcome.answers().stream().map(AcknowledgedEvent::event).toList();
    }

    private static SortedSet<Grant> grants(Grant... grants) {
        return new TreeSet<>(List.of(grants));
    }

    private RejectedEvents rejectedEvents() {
        return new RejectedEvents(
                ledger,
                outbox,
                () -> Defaults.COMPILER,
                Clock.systemUTC(),
                CircuitBreaker.alwaysClosed(Retry.inRealTime()),
                Retry.inRealTime(),
                RejectedEvents.TIMEOUT);
    }
}
