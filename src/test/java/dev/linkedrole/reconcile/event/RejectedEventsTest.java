package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Published outcomes of rejected events. */
class RejectedEventsTest {

    private static final Rejection REJECTION =
            new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "is nothing that is known");

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelLedger ledger = cloud.process().ledger();
    private final RejectedEvents rejected = rejectedEvents(ledger);
    private final Instance instance = Instance.random();
    private final AcknowledgedEvent answered =
            new AcknowledgedEvent(instance.created(0).eventId(), Optional.of("feature-enabled"));

    @Test
    void of_an_instance_that_is_known_it_is_told_with_its_role() {
        // Given
        cloud.process().take(instance.created(0));

        // Then
        assertThat(told(instance.id()).subject()).hasValueSatisfying(subject -> {
            assertThat(subject.role()).isEqualTo(instance.roleName());
            assertThat(subject.arn()).hasValueSatisfying(arn -> assertThat(arn).endsWith("/" + instance.roleName()));
            assertThat(subject.instance()).isEqualTo(instance.arn());
            assertThat(subject.revision()).isOne();
        });
    }

    @Test
    void of_a_role_that_was_not_made_yet_it_is_told_with_the_name_it_will_have() {
        // Given one of which something is recorded, and nothing was done
        Instance other = Instance.random();
        RoleEvent event = other.enabled(1, "outbound-campaigns");
        cloud.process().record(event);

        // Then
        assertThat(told(other.id()).subject()).hasValueSatisfying(subject -> {
            assertThat(subject.role()).isEqualTo(other.roleName());
            assertThat(subject.arn()).isEmpty();
        });
    }

    @Test
    void of_an_instance_that_is_not_known_it_is_told_without() {
        assertThat(told(instance.id()).subject()).isEmpty();
    }

    @Test
    void it_is_in_the_history_of_its_instance_if_nobody_is_told() {
        // Given
        cloud.process().take(instance.created(0));

        // When
        await(rejected.note(answered, Optional.of(instance.id()), REJECTION));

        // Then
        assertThat(await(ledger.history(instance.id())))
                .contains(new HistoryEntry.EventRejected(
                        time.instant(), 1, answered.event(), answered.type(), "unknown-feature", REJECTION.detail()));
        assertThat(await(ledger.oldest(Outbox.laneOf(instance.id()), 10)))
                .noneMatch(waiting -> waiting.outcome() instanceof Outcome.GrantRejected);
    }

    @Test
    void it_is_in_the_history_of_its_instance_if_its_producer_is_told() {
        // Given
        cloud.process().take(instance.created(0));

        // When
        told(instance.id());

        // Then
        assertThat(noted())
                .containsExactly(new HistoryEntry.EventRejected(
                        time.instant(), 1, answered.event(), answered.type(), "unknown-feature", REJECTION.detail()));
    }

    @Test
    void of_an_instance_that_is_not_known_nothing_is_noted() {
        // When
        await(rejected.note(answered, Optional.of(instance.id()), REJECTION));
        told(instance.id());

        // Then
        assertThat(await(ledger.history(instance.id()))).isEmpty();
    }

    @Test
    void it_is_in_the_history_once_however_often_it_is_delivered() {
        // Given
        cloud.process().take(instance.created(0));

        // When
        for (int delivery = 1; delivery <= 3; delivery++) {
            await(rejected.note(answered, Optional.of(instance.id()), REJECTION));
            time.pass(Duration.ofSeconds(30));
            await(rejected.publish(answered, Optional.of(instance.id()), REJECTION));
        }

        // Then
        assertThat(noted()).hasSize(1);
    }

    @Test
    void a_ledger_that_does_not_answer_is_not_waited_for_long() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        RejectedEvents hanging = rejectedEvents(ledger(() -> {
            requests.incrementAndGet();
            return Uni.createFrom().nothing();
        }));

        // When
        AtomicInteger ended = new AtomicInteger();
        noteAll(hanging, RejectionNotes.MAX_AT_ONCE, ended);
        time.pass(RejectedEvents.TIMEOUT.minusMillis(1));

        // Then
        assertThat(ended).hasValue(0);
        time.pass(Duration.ofMillis(1));
        assertThat(ended).hasValue(RejectionNotes.MAX_AT_ONCE);

        // And those which come soon after are held up no more
        noteAll(hanging, 100, ended);
        assertThat(ended).hasValue(RejectionNotes.MAX_AT_ONCE + 100);
        assertThat(requests).hasValue(RejectionNotes.MAX_AT_ONCE);

        // And later ones are noted again
        time.pass(RejectionNotes.REST);
        noteAll(hanging, 1, ended);
        assertThat(requests).hasValue(RejectionNotes.MAX_AT_ONCE + 1);
    }

    @Test
    void a_ledger_that_is_known_to_be_away_is_not_asked() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        Ledger away = ledger(() -> {
            requests.incrementAndGet();
            return Uni.createFrom().failure(new ConnectException("Connection refused"));
        });
        CircuitBreaker store = new CircuitBreaker(
                "The ledger", failure -> true, () -> Uni.createFrom().nothing(), time.retry(0.5));
        RejectedEvents telling = rejectedEvents(away, store);
        for (int i = 0; store.open().isEmpty(); i++) {
            assertThat(i).isLessThan(10);
            telling.publish(answered, Optional.of(instance.id()), REJECTION)
                    .subscribe()
                    .with(ignored -> {}, expected -> {});
        }
        requests.set(0);

        // When
        await(telling.note(answered, Optional.of(instance.id()), REJECTION));

        // Then
        assertThat(requests).hasValue(0);
    }

    @Test
    void of_a_flood_only_so_many_are_noted_at_once_and_none_is_held_up() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        RejectedEvents hanging = rejectedEvents(ledger(() -> {
            requests.incrementAndGet();
            return Uni.createFrom().nothing();
        }));

        // When
        AtomicInteger ended = new AtomicInteger();
        noteAll(hanging, 1_000, ended);

        // Then
        assertThat(requests).hasValue(RejectionNotes.MAX_AT_ONCE);
        assertThat(ended).hasValue(1_000 - RejectionNotes.MAX_AT_ONCE);
        time.pass(RejectedEvents.TIMEOUT);
        assertThat(ended).hasValue(1_000);
    }

    @Test
    void a_note_that_fails_keeps_no_producer_from_being_told() {
        // Given
        cloud.process().take(instance.created(0));
        RejectedEvents noteless = rejectedEvents(
                ledger("noteRejected", () -> Uni.createFrom().failure(new ConnectException("Connection refused"))));

        // When
        await(noteless.publish(answered, Optional.of(instance.id()), REJECTION));

        // Then
        assertThat(await(ledger.oldest(Outbox.laneOf(instance.id()), 10)))
                .extracting(PendingOutcome::outcome)
                .hasAtLeastOneElementOfType(Outcome.GrantRejected.class);
        assertThat(noted()).isEmpty();
    }

    @Test
    void a_ledger_that_fails_keeps_nothing_from_being_rejected() {
        // Given
        RejectedEvents failing =
                rejectedEvents(ledger(() -> Uni.createFrom().failure(new ConnectException("Connection refused"))));
        RejectedEvents closed = rejectedEvents(ledger(() -> {
            throw new IllegalStateException("Connection pool shut down");
        }));

        // Then however many there are
        for (int i = 0; i < 2 * RejectionNotes.MAX_AT_ONCE; i++) {
            await(failing.note(answered, Optional.of(instance.id()), REJECTION));
            await(closed.note(answered, Optional.of(instance.id()), REJECTION));
        }
    }

    @Test
    void what_names_no_instance_is_not_noted() {
        // Given
        AtomicInteger requests = new AtomicInteger();
        RejectedEvents counting = rejectedEvents(ledger(() -> {
            requests.incrementAndGet();
            return Uni.createFrom().nothing();
        }));

        // When
        await(counting.note(answered, Optional.empty(), REJECTION));
        await(counting.publish(answered, Optional.empty(), REJECTION));

        // Then
        assertThat(requests).hasValue(0);
    }

    private List<HistoryEntry> noted() {
        return await(ledger.history(instance.id())).stream()
                .filter(HistoryEntry.EventRejected.class::isInstance)
                .toList();
    }

    private RejectedEvents rejectedEvents(Ledger notes) {
        return rejectedEvents(notes, CircuitBreaker.alwaysClosed(time.retry(0.5)));
    }

    private RejectedEvents rejectedEvents(Ledger notes, CircuitBreaker store) {
        return new RejectedEvents(
                notes, ledger, () -> Defaults.COMPILER, time, store, time.retry(0.5), RejectedEvents.TIMEOUT);
    }

    /** Creates a ledger that answers all calls alike. */
    private Ledger ledger(Supplier<Uni<?>> answer) {
        return ledger("", answer);
    }

    /** Creates a ledger that answers the calls of one name, or all. */
    private Ledger ledger(String name, Supplier<Uni<?>> answer) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) ->
                        method.getName().contains(name) ? answer.get() : method.invoke(ledger, arguments));
    }

    private void noteAll(RejectedEvents events, int number, AtomicInteger ended) {
        for (int i = 0; i < number; i++) {
            AcknowledgedEvent each = new AcknowledgedEvent(new EventId("id-" + i, "acme"), Optional.empty());
            events.note(each, Optional.of(instance.id()), REJECTION)
                    .subscribe()
                    .with(noted -> ended.incrementAndGet(), failure -> ended.addAndGet(1_000_000));
        }
    }

    private Outcome.GrantRejected told(InstanceId about) {
        await(rejected.publish(answered, Optional.of(about), REJECTION));
        List<PendingOutcome> waiting = await(ledger.oldest(Outbox.laneOf(about), 10));
        Outcome.GrantRejected told = (Outcome.GrantRejected) waiting.getLast().outcome();
        assertThat(told.about()).contains(about);
        assertThat(told.rejected()).isEqualTo(answered);
        assertThat(told.rejection()).isEqualTo(REJECTION);
        assertThat(told.time()).isEqualTo(time.instant());
        return told;
    }
}
