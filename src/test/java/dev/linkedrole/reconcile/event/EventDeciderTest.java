package dev.linkedrole.reconcile.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Bots;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Decisions on events that arrive together. */
class EventDeciderTest {

    /** Number of bots above the capacity of all policies of a role. */
    private static final int TOO_MANY = 1_200;

    /** Maximum number of characters recorded in one transaction. */
    private static final int MAX_CHARACTERS = 2_000_000;

    private static final int AROUND = 1_000;

    private final Instance instance = Instance.random();

    @Test
    void each_event_is_decided_on_the_state_that_those_before_it_lead_to() {
        // Given
        List<PendingEvent> events = waiting(
                instance.created(0),
                Bots.enabled(instance, 1, 0, 2),
                Bots.disabled(instance, 2, 0, 1),
                instance.deleted(9));

        // When
        EventDecider decisions = on(Optional.empty(), events);

        // Then
        assertThat(decisions.accepted().keySet()).containsExactlyElementsOf(events);
        assertThat(decisions.after()).isEqualTo(instance.after(events(events)));
        assertThat(decisions.before()).isEqualTo(RoleRecord.blank(instance.arn()));
        assertThat(decisions.change()).isTrue();
        assertThat(decisions.left()).isEmpty();
        assertThat(decisions.tooLarge()).isEmpty();
    }

    @Test
    void what_changes_nothing_is_accepted_all_the_same() {
        // Given
        RoleRecord record = record(instance.created(5));

        // When
        EventDecider decisions = on(Optional.of(record), waiting(instance.created(0)));

        // Then
        assertThat(decisions.accepted()).hasSize(1);
        assertThat(decisions.change()).isFalse();
        assertThat(decisions.before()).isEqualTo(record);
        assertThat(decisions.after()).isEqualTo(record.role());
    }

    @Test
    void what_comes_twice_at_once_is_decided_once() {
        // Given
        RoleEvent created = instance.created(0);
        List<PendingEvent> events = waiting(created, created);

        // When
        EventDecider decisions = on(Optional.empty(), events);

        // Then
        assertThat(decisions.accepted()).containsOnlyKeys(events.getFirst());
        assertThat(decisions.duplicates()).containsExactly(events.getLast());
    }

    @Test
    void of_two_events_with_one_id_that_come_together_the_second_is_rejected() {
        // Given
        RoleEvent created = instance.created(0);
        RoleEvent other = new RoleEvent.FeatureEnabled(
                created.eventId(), instance.arn(), created.time().plusSeconds(3), "outbound-campaigns", Set.of());
        List<PendingEvent> events = waiting(created, other);

        // When
        EventDecider decisions = on(Optional.empty(), events);

        // Then
        assertThat(decisions.accepted()).containsOnlyKeys(events.getFirst());
        assertThat(decisions.duplicates()).isEmpty();
        assertThat(decisions.rejected()).hasSize(1).hasEntrySatisfying(events.getLast(), rejection -> {
            assertThat(rejection.reason()).isEqualTo(Rejection.Reason.ID_REUSED);
            assertThat(rejection.field()).contains("id");
            assertThat(rejection.detail())
                    .contains(created.time().toString(), other.time().toString());
        });
    }

    @Test
    void an_instance_is_the_one_that_is_recorded_or_the_event_is_rejected() {
        // Given
        InstanceArn arn = instance.arn();
        Instance elsewhere =
                new Instance(new InstanceArn(arn.partition(), arn.service(), "eu-central-1", arn.account(), arn.id()));
        List<PendingEvent> events = waiting(elsewhere.created(1), instance.created(2));

        // When
        EventDecider decisions = on(Optional.of(record(instance.created(0))), events);

        // Then
        assertThat(decisions.accepted()).containsOnlyKeys(events.getLast());
        assertThat(decisions.rejected()).hasSize(1).hasEntrySatisfying(events.getFirst(), rejection -> {
            assertThat(rejection.reason()).isEqualTo(Rejection.Reason.INSTANCE_MISMATCH);
            assertThat(rejection.field()).contains("instanceArn");
            assertThat(rejection.detail()).contains(elsewhere.arn().toString(), arn.toString());
        });
    }

    @Test
    void an_event_too_large_after_those_before_it_is_rejected_alone() {
        // Given
        List<PendingEvent> events = waiting(
                instance.created(0),
                Bots.enabled(instance, 1, 0, 10),
                Bots.enabled(instance, 2, 10, TOO_MANY),
                Bots.enabled(instance, 3, TOO_MANY, TOO_MANY + 1));

        // When
        EventDecider decisions = on(Optional.empty(), events);

        // Then
        assertThat(decisions.accepted()).containsOnlyKeys(events.get(0), events.get(1), events.get(3));
        assertThat(decisions.rejected()).hasSize(1).hasEntrySatisfying(events.get(2), rejection -> {
            assertThat(rejection.reason()).isEqualTo(Rejection.Reason.POLICY_TOO_LARGE);
            assertThat(rejection.field()).contains("resources");
            assertThat(rejection.detail()).contains("cannot be granted: the permissions are ");
        });
        assertThat(decisions.tooLarge())
                .hasValueSatisfying(
                        desired -> assertThat(desired.charactersOver()).isPositive());
        assertThat(decisions.after().grants()).hasSize(1 + 10 + 1);
    }

    @Test
    void what_iam_never_sees_need_not_fit() {
        // When
        EventDecider decisions = on(
                Optional.of(record(instance.created(0))),
                waiting(Bots.enabled(instance, 1, 0, TOO_MANY), Bots.disabled(instance, 2, 1, TOO_MANY)));

        // Then
        assertThat(decisions.accepted()).hasSize(2);
        assertThat(decisions.tooLarge()).isEmpty();
        assertThat(decisions.rejected()).isEmpty();
    }

    @Test
    void of_a_role_that_is_too_large_already_only_what_lets_it_grow_is_rejected() {
        // Given one from before its limits were lowered
        RoleRecord large =
                record(instance.created(0), Bots.disabled(instance, 4, 0, 1), Bots.enabled(instance, 1, 1, TOO_MANY));
        PendingEvent grows =
                new PendingEvent(new ReceivedEvent(Bots.enabled(instance, 5, TOO_MANY, TOO_MANY + 1), false));
        PendingEvent shrinks = new PendingEvent(new ReceivedEvent(Bots.disabled(instance, 6, 0, 1), false));
        PendingEvent changesNothing = new PendingEvent(new ReceivedEvent(Bots.enabled(instance, 3, 0, 1), false));

        // Then
        assertThat(on(Optional.of(large), List.of(grows)).rejected()).containsOnlyKeys(grows);
        assertThat(on(Optional.of(large), List.of(shrinks)).accepted()).containsOnlyKeys(shrinks);
        assertThat(on(Optional.of(large), List.of(shrinks, changesNothing)).accepted())
                .containsOnlyKeys(shrinks, changesNothing);
        assertThat(on(Optional.of(large), List.of(shrinks, changesNothing, grows))
                        .accepted())
                .containsOnlyKeys(shrinks, changesNothing);
    }

    @Test
    void no_more_is_recorded_at_once_than_a_transaction_may_have() {
        // Given a feature that is in no catalog, so that no policy is too small for it
        Optional<RoleRecord> known = Optional.of(record(instance.created(0)));
        int first = 900_000;
        int second = MAX_CHARACTERS - 2 * (AROUND + 1) - first;

        // Then
        assertThat(on(known, waiting(sized(first), sized(second))).left()).isEmpty();
        List<PendingEvent> events = waiting(sized(first), sized(second + 1), sized(1));
        EventDecider decisions = on(known, events);
        assertThat(decisions.accepted()).containsOnlyKeys(events.getFirst());
        assertThat(decisions.left()).containsExactlyElementsOf(events.subList(1, 3));
        assertThat(decisions.after().grants()).hasSize(1 + 1);

        // And one alone always is
        assertThat(on(known, waiting(sized(MAX_CHARACTERS))).accepted()).hasSize(1);
    }

    @Test
    void what_is_taken_away_counts_as_well() {
        // Given
        int half = MAX_CHARACTERS / 2;
        RoleEvent enabled = sized(half);
        RoleRecord record = record(instance.created(0), enabled);
        RoleEvent disabled = new RoleEvent.FeatureDisabled(
                instance.created(0).eventId(),
                instance.arn(),
                enabled.time().plusSeconds(1),
                "f",
                ((RoleEvent.FeatureEnabled) enabled).resources());

        // Then
        assertThat(on(Optional.of(record), waiting(disabled, sized(half - 2 * (AROUND + 1))))
                        .left())
                .isEmpty();
        assertThat(on(Optional.of(record), waiting(disabled, sized(half - 2 * (AROUND + 1) + 1)))
                        .left())
                .hasSize(1);
    }

    private static EventDecider on(Optional<RoleRecord> found, List<PendingEvent> events) {
        return EventDecider.on(found, events, Defaults.COMPILER);
    }

    /** Returns a grant with a resource of so many characters, and a feature of one. */
    private RoleEvent sized(int characters) {
        return instance.enabled(1, "f", "x".repeat(characters));
    }

    private static List<PendingEvent> waiting(RoleEvent... events) {
        return Stream.of(events)
                .map(event -> new PendingEvent(new ReceivedEvent(event, false)))
                .toList();
    }

    private static List<RoleEvent> events(List<PendingEvent> waiting) {
        return waiting.stream().map(PendingEvent::event).toList();
    }

    /** Returns a record of these events, none of which was applied. */
    private RoleRecord record(RoleEvent... events) {
        return RoleRecord.blank(instance.arn()).next(instance.after(List.of(events)), Instance.START);
    }
}
