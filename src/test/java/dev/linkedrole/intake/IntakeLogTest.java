package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** Each log line about an event has its keys, and is a warning if an operator may have to act. */
class IntakeLogTest {

    private static final String KEYS = "queue=acme-events message=m-1 ";

    private final Instance instance = Instance.random();
    private final RoleEvent event = instance.created(0);
    private final RoleName role = new RoleName("Acme");
    private final String keys =
            KEYS + "instance=" + instance.id() + " event=" + event.eventId() + " type=instance-created";
    private final IntakeLog intakeLog = new IntakeLog("acme-events");
    private final LogLines log = LogLines.of(IntakeLog.class);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void an_event_in_force_is_told_of() {
        intakeLog.handled(
                delivery(""),
                event,
                new HandlingResult(false, new Reconciliation.InForce(role, 1, List.of("CreateRole"))));

        assertThat(log.lines())
                .containsExactly("INFO " + keys + " duplicate=false role=Acme revision=1 In force: [CreateRole]");
    }

    @Test
    void one_of_an_unannounced_instance_is_remembered() {
        intakeLog.handled(
                delivery(""), event, new HandlingResult(false, new Reconciliation.InForce(role, 1, List.of(), false)));

        assertThat(log.lines()).singleElement().asString().contains("Remembered until announced");
    }

    @Test
    void one_that_is_held_is_a_warning() {
        Condition condition = new Condition(Condition.Type.RoleNameTaken, "it is somebody else's", Instant.EPOCH);

        intakeLog.handled(
                delivery(""), event, new HandlingResult(true, new Reconciliation.Blocked(role, 2, condition)));

        assertThat(log.lines())
                .containsExactly("WARN " + keys
                        + " duplicate=true role=Acme revision=2 condition=RoleNameTaken Recorded, and blocked:"
                        + " it is somebody else's");
    }

    @Test
    void a_dropped_call_is_a_warning_only_if_a_change_may_be_lost() {
        intakeLog.dropped(delivery("{}"), new Decoded.Dropped(Decoded.Why.IGNORED, "No rule matches"));
        intakeLog.dropped(delivery("{}"), new Decoded.Dropped(Decoded.Why.FAILED, "The call failed"));
        intakeLog.dropped(delivery("{}"), new Decoded.Dropped(Decoded.Why.MASKED, "The record hides a name"));

        assertThat(log.lines()).containsExactly("WARN " + KEYS + "reason=masked Dropped: The record hides a name");
    }

    @Test
    void a_rejected_message_has_the_keys_that_can_be_read_off_it() {
        String body = """
            {"id": "7f1d", "source": "acme", "type": "feature-enabled",
             "data": {"instanceArn": "%s", "feature": "telepathy"}}\
            """.formatted(instance.arn());

        intakeLog.rejected(
                delivery(body),
                Optional.empty(),
                new Rejection(Rejection.Reason.UNKNOWN_FEATURE, "data.feature is unknown"));

        assertThat(log.lines())
                .containsExactly("WARN " + KEYS + "instance=" + instance.id()
                        + " event=acme/7f1d type=feature-enabled reason=unknown-feature Rejected: data.feature"
                        + " is unknown");
    }

    @Test
    void one_that_cannot_be_read_has_its_message_and_queue() {
        intakeLog.rejected(
                delivery("{"), Optional.empty(), new Rejection(Rejection.Reason.NOT_JSON, "the body is not JSON"));

        assertThat(log.lines()).containsExactly("WARN " + KEYS + "reason=not-json Rejected: the body is not JSON");
    }

    @Test
    void what_aws_answered_is_one_line_without_a_stack() {
        // Given
        Throwable answer = DynamoDbException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ThrottlingException")
                        .errorMessage("Rate exceeded")
                        .build())
                .build();

        // When
        intakeLog.returned(delivery(""), Optional.of(event), answer);

        // Then
        assertThat(log.lines())
                .containsExactly(
                        "WARN " + keys + " received=1 Returned to the queue: ThrottlingException: Rate exceeded");
        assertThat(log.stacks()).isZero();
    }

    @Test
    void a_fault_of_our_own_has_its_stack() {
        intakeLog.returned(delivery(""), Optional.of(event), new NullPointerException("nothing there"));

        assertThat(log.lines()).singleElement().asString().endsWith("Returned to the queue: nothing there");
        assertThat(log.stacks()).isOne();
    }

    private static TracedDelivery delivery(String body) {
        return new TracedDelivery(
                new RecordedDelivery(
                        new ReceivedMessage("m-1", "receipt", body, 1, Optional.empty(), Optional.empty(), Map.of())),
                Span.getInvalid());
    }
}
