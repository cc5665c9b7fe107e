package dev.linkedrole.intake;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rejected messages in the history of an instance. */
class RejectionRecorderTest {

    private static final Rejection REJECTION =
            new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "there is no such feature").of("data.feature");

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false);
    private final ModelLedger ledger = cloud.process().ledger();
    private final Instance instance = Instance.random();

    @BeforeEach
    void announce() {
        await(cloud.process().handler().handle(instance.created(0), false));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nothing_of_a_rejected_body_is_kept_but_which_event_it_was(boolean told) {
        // When
        give(told, """
                {"specversion": "1.0", "id": "7f1d", "source": "acme", "type": "feature-enabled", "subject": "secret",
                 "time": "2026-11-23T09:00:01Z", "tenant": "secret",
                 "data": {"instanceArn": "%s", "feature": "secret", "resources": ["secret"]}}""".formatted(instance.arn()));

        // Then
        assertThat(history())
                .containsExactly(new HistoryEntry.EventRejected(
                        time.instant(),
                        1,
                        new EventId("7f1d", "acme"),
                        Optional.of("feature-enabled"),
                        "unknown-feature",
                        "data.feature there is no such feature"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // No event that it could be
                "{",
                "{\"data\": {\"instanceArn\": \"%s\"}}",
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"data\": {\"instanceArn\": \"%s\"}}",
                // Our own outcomes
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"linked-role-controller\", \"data\": {\"instanceArn\": \"%s\"}}",
                // No instance that can be read
                "{\"specversion\": \"1.0\", \"id\": \"1\", \"source\": \"acme\", \"data\": {\"instanceArn\": \"%s?\"}}",
            })
    void what_does_not_say_its_event_and_its_instance_is_not_noted(String body) {
        // When
        give(false, body.replace("%s", instance.arn().toString()));

        // Then
        assertThat(history()).isEmpty();
    }

    private void give(boolean told, String body) {
        RejectedEvents events = new RejectedEvents(
                ledger,
                ledger,
                () -> Defaults.COMPILER,
                time,
                CircuitBreaker.alwaysClosed(time.retry(0.5)),
                time.retry(0.5),
                RejectedEvents.TIMEOUT);
        ReceivedMessage message =
                new ReceivedMessage("m1", "r1", body, 1, Optional.empty(), Optional.empty(), Map.of());
        await(new RejectionRecorder(events, told, OfflineIntake.SOURCE).give(message, Optional.empty(), REJECTION));
    }

    private List<HistoryEntry> history() {
        return await(ledger.history(instance.id())).stream()
                .filter(HistoryEntry.EventRejected.class::isInstance)
                .toList();
    }
}
