package dev.linkedrole.intake;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.ledger.Associations;
import dev.linkedrole.ledger.HistoryEntry;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Instance;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Settlement of messages with API calls: one message, and none, one or several events. */
class ApiCallIntakeTest {

    private static final MessageDecoder DECODER = Defaults.messageDecoder(Defaults.CATALOG);

    private final Instance instance = Instance.random();
    private final ModelCloud cloud = new ModelCloud(false);
    private final ModelCloud.MortalProcess process = cloud.process();

    @Test
    void a_message_is_acknowledged_once_when_both_of_its_events_are_recorded() {
        // When
        List<RecordedDelivery> deliveries = handle(created(), recordings(instance));

        // Then
        assertThat(deliveries)
                .allSatisfy(delivery -> assertThat(delivery.dispositions).containsExactly("acknowledged"));
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow().toString())
                .contains("arn:aws:s3:::acme/calls/*");
        assertThat(await(process.ledger().history(instance.id()).collect().asList()))
                .filteredOn(entry -> entry.toString().contains("connect.amazonaws.com"))
                .hasSize(3);
    }

    @Test
    void a_message_whose_events_cannot_be_recorded_is_returned_once() {
        // Given
        process.handler().stop();

        // When
        RecordedDelivery delivery = handle(recordings(instance)).getFirst();

        // Then
        assertThat(delivery.dispositions).containsExactly("returned");
    }

    @Test
    void a_message_whose_events_are_rejected_is_rejected_once() {
        // Given an instance that is known by another ARN
        handle(created());
        Instance elsewhere =
                new Instance(InstanceArn.parse(instance.arn().toString().replace("us-west-2", "eu-west-2")));

        // When
        RecordedDelivery delivery = handle(recordings(elsewhere)).getFirst();

        // Then
        assertThat(delivery.dispositions).containsExactly("instance-mismatch");

        // And the history names the event as it does where one is accepted
        assertThat(await(process.ledger().history(instance.id()).collect().asList()))
                .filteredOn(HistoryEntry.EventRejected.class::isInstance)
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.toString()).contains("connect.amazonaws.com", "feature-enabled", "#"));
    }

    @Test
    void a_dropped_call_is_acknowledged() {
        RecordedDelivery delivery = handle(
                        ApiCallEvent.of(instance, "CreateUser", "{\"InstanceId\": \"INSTANCE\"}", "null"))
                .getFirst();

        assertThat(delivery.dispositions).containsExactly("acknowledged");
    }

    @Test
    void a_call_whose_association_cannot_be_read_is_returned() {
        // Given
        Associations broken = (id, association, known) -> Uni.createFrom().failure(new IllegalStateException("broken"));

        // When
        RecordedDelivery delivery = delivery(ApiCallEvent.of(
                instance,
                "DeleteIntegrationAssociation",
                "{\"InstanceId\": \"INSTANCE\", \"IntegrationAssociationId\": \"i\"}",
                "null"));
        intake(broken).handle(List.of(delivery));

        // Then
        assertThat(delivery.dispositions).containsExactly("returned");
    }

    @Test
    void logs_without_a_recorded_alias_are_dropped_and_with_one_granted() {
        // Given
        ObjectNode logs = ApiCallEvent.of(
                instance,
                "UpdateInstanceAttribute",
                "{\"InstanceId\": \"INSTANCE\", \"AttributeType\": \"CONTACTFLOW_LOGS\", \"Value\": \"true\"}",
                "null");
        assertThat(handle(logs).getFirst().dispositions).containsExactly("acknowledged");

        // When
        handle(created());
        assertThat(handle(logs).getFirst().dispositions).containsExactly("acknowledged");

        // Then
        assertThat(cloud.inlinePolicies(instance.roleName()).orElseThrow().toString())
                .contains("log-group:/aws/connect/acme:*");
    }

    private ObjectNode created() {
        return ApiCallEvent.of(instance, "CreateInstance", "{\"InstanceAlias\": \"acme\"}", "{\"Arn\": \"INSTANCE\"}");
    }

    private static ObjectNode recordings(Instance instance) {
        return ApiCallEvent.of(instance, "AssociateInstanceStorageConfig", """
                 {"InstanceId": "INSTANCE", "ResourceType": "CALL_RECORDINGS", "StorageConfig":
                  {"StorageType": "S3", "S3Config": {"BucketName": "acme", "BucketPrefix": "calls"}}}\
                 """, "null");
    }

    /** Handles messages, one batch after the other; the model answers at once. */
    private List<RecordedDelivery> handle(ObjectNode... events) {
        BatchHandler intake = intake(new ModelAssociations());
        return List.of(events).stream()
                .map(ApiCallIntakeTest::delivery)
                .peek(delivery -> intake.handle(List.of(delivery)))
                .toList();
    }

    private BatchHandler intake(Associations associations) {
        Retry retry = Retry.inRealTime();
        CircuitBreaker store = CircuitBreaker.alwaysClosed(retry);
        return OfflineIntake.of(
                () -> DECODER,
                process.handler(),
                new RecordedFacts(process.ledger(), associations, store),
                new RejectedEvents(
                        process.ledger(),
                        process.ledger(),
                        () -> Defaults.COMPILER,
                        Clock.systemUTC(),
                        store,
                        retry,
                        RejectedEvents.TIMEOUT),
                false);
    }

    private static RecordedDelivery delivery(ObjectNode event) {
        return new RecordedDelivery(
                new ReceivedMessage("m", "r", event.toString(), 1, Optional.empty(), Optional.empty(), Map.of()));
    }
}
