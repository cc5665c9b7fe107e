package dev.linkedrole.outcome;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.ReceivedOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Crashes before and after every call to the ledger, IAM, the outbox or the target, while a process handles the last
 * event of a scenario and publishes its outcome. The next process publishes everything in the end, in order and under
 * the same ids. Runs on models, since an emulator would take minutes instead of seconds.
 */
class OutcomeCrashesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_CALLS = 60;
    private static final Duration LATER = Duration.ofMinutes(1);
    private static final String STREAM = "arn:aws:firehose:us-west-2:111122223333:deliverystream/";

    private final ModelCloud cloud = new ModelCloud(true);
    private final RecordingPublisher target = new RecordingPublisher();

    /** Scenarios of an instance; the process crashes during the last event. */
    enum Life {
        CREATED,
        CREATED_WITH_FEATURES,
        ENABLED,
        DISABLED,
        ENABLED_IN_VAIN,
        DELETED;

        List<RoleEvent> of(Instance instance) {
            RoleEvent created = instance.created(0);
            RoleEvent enabled = instance.enabled(1, "agent-events", STREAM + "one");
            return switch (this) {
                case CREATED -> List.of(created);
                case CREATED_WITH_FEATURES -> List.of(enabled, created);
                case ENABLED -> List.of(created, enabled);
                case DISABLED -> List.of(created, enabled, instance.disabled(2, "agent-events"));
                case ENABLED_IN_VAIN ->
                    List.of(
                            created,
                            instance.disabled(5, "agent-events"),
                            instance.enabled(4, "agent-events", STREAM + "one"));
                case DELETED -> List.of(created, enabled, instance.deleted(9));
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_message_comes_again_and_all_is_told(Life life) {
        atEveryCall(life, after -> {
            // When
            Service healthy = new Service();
            await(healthy.handle(after.events().getLast(), true));
            healthy.finish();
            later(after.instance());

            // Then
            assertTold(after.instance(), ids(after.events()));
        });
    }

    @ParameterizedTest
    @EnumSource
    void another_event_comes_first_and_all_is_told_in_order(Life life) {
        atEveryCall(life, after -> {
            // When
            RoleEvent other = after.instance().enabled(6, "contact-records", STREAM + "two");
            Service healthy = new Service();
            await(healthy.handle(other, false));
            await(healthy.handle(after.events().getLast(), true));
            healthy.finish();
            later(after.instance());

            // Then
            List<RoleEvent> all = new ArrayList<>(after.events());
            all.add(other);
            assertTold(after.instance(), ids(all));
        });
    }

    @ParameterizedTest
    @EnumSource
    void the_message_never_comes_again_and_what_was_recorded_is_told(Life life) {
        atEveryCall(life, after -> {
            // Given what was recorded, by somebody who lived to say that there is an instance
            Service healthy = new Service();
            boolean known = await(
                            healthy.process().ledger().load(after.instance().id()))
                    .filter(record -> record.role().announced() || record.role().deleted())
                    .isPresent();
            List<EventId> recorded = await(
                            healthy.process().ledger().history(after.instance().id()))
                    .stream()
                    .filter(HistoryEntry.EventRecorded.class::isInstance)
                    .map(entry -> ((HistoryEntry.EventRecorded) entry).event())
                    .toList();

            // When
            if (!recorded.isEmpty()) {
                await(healthy.process().reconciler().reconcile(after.instance().id(), ReconcileMode.IAM));
            }
            healthy.finish();
            later(after.instance());

            // Then
            assertTold(after.instance(), known ? recorded : List.of());
        });
    }

    @Test
    void a_rejection_is_told_once_its_message_has_come_again() {
        CrashPlan.ofEveryCall(MAX_CALLS, mortality -> {
            // Given
            Instance instance = Instance.random();
            await(new Service().handle(instance.created(0), false));
            AcknowledgedEvent rejected =
                    new AcknowledgedEvent(new EventId(instance.id().value(), "acme"), Optional.of("feature-enabled"));

            // When
            Service mortal = new Service(mortality);
            await(survive(mortal.reject(instance, rejected)));
            mortal.finish();
            Service healthy = new Service();
            if (mortality.died()) {
                await(healthy.reject(instance, rejected));
            }
            healthy.finish();
            later(instance);

            // Then
            assertThat(target.firstOf(instance.id().value()).stream()
                            .filter(event -> event.type().equals("grant-refused")))
                    .hasSize(1);
            assertNothingWaits(instance);
        });
    }

    /** Runs a scenario once for every call of its last event, with a crash before and after the call. */
    private void atEveryCall(Life life, Consumer<Aftermath> then) {
        CrashPlan.ofEveryCall(MAX_CALLS, mortality -> {
            Instance instance = Instance.random();
            List<RoleEvent> events = life.of(instance);
            Service before = new Service();
            events.subList(0, events.size() - 1).forEach(event -> await(before.handle(event, false)));
            before.finish();
            Service mortal = new Service(mortality);
            await(survive(mortal.handle(events.getLast(), false)));
            mortal.finish();
            then.accept(new Aftermath(instance, events));
        });
    }

    private static Uni<Void> survive(Uni<?> work) {
        return work.replaceWithVoid().onFailure(CrashPlan.DeathException.class).recoverWithNull();
    }

    /** Sweeps overdue outcomes of an instance. */
    private void later(Instance instance) {
        ModelCloud.MortalProcess process = cloud.process();
        if (!await(process.ledger().oldest(Outbox.laneOf(instance.id()), 1)).isEmpty()) {
            new OutcomeCollector(process.ledger(), process.notifier(), target, LATER).sweep();
        }
    }

    private void assertTold(Instance instance, List<EventId> events) {
        List<JsonNode> told = target.firstOf(instance.id().value()).stream()
                .map(event -> parse(event.json()))
                .toList();
        // Every event once, however often its outcome was published
        assertThat(told.stream().flatMap(ReceivedOutcome::answers)).containsExactlyInAnyOrderElementsOf(events);
        // In order
        assertThat(told.stream()
                        .map(event -> event.path("data").path("revision").asLong()))
                .isSorted();
        // And in the same words each time
        Map<String, List<String>> words = target.published().stream()
                .collect(Collectors.groupingBy(
                        CloudEvent::id, Collectors.mapping(CloudEvent::json, Collectors.toList())));
        assertThat(words.values()).allMatch(same -> same.stream().distinct().count() == 1);
        assertNothingWaits(instance);
    }

    private void assertNothingWaits(Instance instance) {
        assertThat(await(cloud.process().ledger().oldest(Outbox.laneOf(instance.id()), 10)))
                .isEmpty();
    }

    private static List<EventId> ids(List<RoleEvent> events) {
        return events.stream().map(RoleEvent::eventId).toList();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** State after a crash. */
    private record Aftermath(Instance instance, List<RoleEvent> events) {}

    /** A replica of the service: it handles events and publishes their outcomes. */
    private final class Service {

        private final ModelCloud.MortalProcess process;
        private final RejectedEvents rejections;
        private final OutcomeCollector relay;

        /** Creates a replica that does not crash. */
        Service() {
            this(CrashPlan.never());
        }

        Service(CrashPlan mortality) {
            this.process = cloud.process(mortality);
            this.rejections = new RejectedEvents(
                    process.ledger(),
                    process.ledger(),
                    () -> Defaults.COMPILER,
                    Clock.systemUTC(),
                    CircuitBreaker.alwaysClosed(Retry.inRealTime()),
                    Retry.inRealTime(),
                    RejectedEvents.TIMEOUT);
            this.relay = new OutcomeCollector(
                    process.ledger(), process.notifier(), new MortalPublisher(target, mortality), Duration.ZERO);
        }

        ModelCloud.MortalProcess process() {
            return process;
        }

        Uni<HandlingResult> handle(RoleEvent event, boolean redelivered) {
            return process.handler().handle(event, redelivered);
        }

        Uni<Void> reject(Instance instance, AcknowledgedEvent event) {
            return rejections.publish(
                    event, Optional.of(instance.id()), new Rejection(Rejection.Reason.WILDCARD, "has a wildcard"));
        }

        void finish() {
            relay.finish();
        }
    }

    private record MortalPublisher(OutcomePublisher publisher, CrashPlan mortality) implements OutcomePublisher {

        @Override
        public Uni<List<Optional<String>>> publish(List<CloudEvent> events) {
            return mortality.live(() -> publisher.publish(events));
        }

        @Override
        public Uni<Boolean> exists() {
            return publisher.exists();
        }

        @Override
        public void close() {
            publisher.close();
        }
    }
}
