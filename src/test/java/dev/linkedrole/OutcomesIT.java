package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ReceivedOutcome;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.FaultyAws;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.OutcomeListener;
import dev.linkedrole.testing.aws.OutcomeListener.Way;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.time.TestTimeout;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The packaged service and the receivers of its outcomes. */
@Tag("aws")
@Execution(ExecutionMode.CONCURRENT)
class OutcomesIT {

    private static final int INSTANCES = 24;
    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";

    private final Random random = new Random(7);
    private final Instance instance = Instance.random();

    @Test
    void killed_in_the_middle_it_still_answers_every_event_and_in_order() {
        // Given
        Deployment deployment = Deployment.provision("VisibilityTimeout=10");
        try (OutcomeListener listener = OutcomeListener.by(Way.FIFO_QUEUE);
                Fleet fleet = new Fleet(deployment, INSTANCES, random)) {
            fleet.sendEverything();

            // When one dies with some of them in flight, and of its last calls nobody knows what became
            try (FaultyAws aws = FaultyAws.start();
                    ServiceProcess first = start(deployment, listener.target(), aws.environment())) {
                aws.fallSilentAfter(random.nextInt(INSTANCES));
                aws.awaitSilence();
                first.kill();
            }
            assertThat(fleet.producer().idle()).isFalse();

            // Then
            try (ServiceProcess second = start(deployment, listener.target(), Map.of())) {
                fleet.producer().awaitQuiet();
                List<JsonNode> heard = listener.awaitAnswersTo(fleet.events());
                fleet.assertEveryRoleIsAsItsEventsSay();
                assertInOrder(heard);
                assertThat(second.terminate()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOPIC", "BUS", "QUEUE_URL"})
    void a_producer_hears_when_his_grant_is_there_and_when_it_is_rejected(Way way) {
        // Given
        Deployment deployment = Deployment.provision();
        try (OutcomeListener listener = OutcomeListener.by(way);
                Fleet nobody = new Fleet(deployment, 0, random);
                ServiceProcess service = start(deployment, listener.target(), Map.of())) {
            Producer producer = nobody.producer();

            // When
            RoleEvent created = instance.created(0);
            producer.sendAndAwait(created);

            // Then
            JsonNode made = listener.await(1).getFirst();
            assertThat(made.path("type").asText()).isEqualTo("role-updated");
            assertThat(made.path("subject").asText()).isEqualTo(instance.id().value());
            assertThat(ReceivedOutcome.answers(made)).containsExactly(created.eventId());

            // And when it says that a grant is there, it is
            RoleEvent enabled = instance.enabled(1, "agent-events", STREAM);
            producer.send(enabled);
            JsonNode granted = listener.await(2).get(1);
            assertThat(granted.at("/data/granted/0/resources/0").asText()).isEqualTo(STREAM);
            assertThat(new IamReader(AwsTestClients.PLAIN_IAM)
                            .find(instance.roleName())
                            .orElseThrow()
                            .inlinePolicies()
                            .toString())
                    .contains(STREAM);

            // And a rejection has the words of the dead-letter queue
            RoleEvent bad = instance.enabled(2, "no-such-feature", STREAM);
            String body = Envelopes.EVENT_BRIDGE.wrap(bad).toString();
            producer.send(body, Inbox.FEATURE_ENABLED, "any");
            Message dead = producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, body);
            JsonNode rejected = listener.await(3).get(2);
            assertThat(rejected.path("type").asText()).isEqualTo("grant-refused");
            assertThat(rejected.at("/data/reason").asText()).isEqualTo(attribute(dead, "rejection-reason"));
            assertThat(rejected.at("/data/detail").asText()).isEqualTo(attribute(dead, "rejection-detail"));
            assertThat(rejected.at("/data/field").asText()).isEqualTo("detail.feature");
            assertThat(rejected.at("/data/revision").asLong()).isEqualTo(2);
            assertThat(ReceivedOutcome.answers(rejected)).containsExactly(bad.eventId());

            // And a deletion is told as well
            RoleEvent deleted = instance.deleted(9);
            producer.sendAndAwait(deleted);
            JsonNode gone = listener.await(4).get(3);
            assertThat(gone.path("type").asText()).isEqualTo("role-deleted");
            assertThat(ReceivedOutcome.answers(gone)).containsExactly(deleted.eventId());
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void unidentified_messages_and_our_own_outcomes_get_no_outcome() {
        // Given
        Deployment deployment = Deployment.provision();
        try (OutcomeListener listener = OutcomeListener.by(Way.QUEUE);
                Fleet nobody = new Fleet(deployment, 0, random);
                ServiceProcess service = start(deployment, listener.target(), Map.of())) {
            Producer producer = nobody.producer();
            ObjectNode anonymous = Envelopes.CLOUD_EVENT.wrap(instance.created(0));
            anonymous.remove("id");
            ObjectNode own = Envelopes.CLOUD_EVENT.wrap(instance.created(0));
            own.put("source", "linked-role-controller").put("type", "role-updated");
            ObjectNode untimely = Envelopes.CLOUD_EVENT.wrap(instance.created(0));
            untimely.remove("time");

            // When
            for (ObjectNode bad : List.of(anonymous, own, untimely)) {
                producer.send(bad.toString(), Inbox.INSTANCE_CREATED, "any");
                producer.awaitDeadLetter(Inbox.INSTANCE_CREATED, bad.toString());
            }
            RoleEvent created = instance.created(0);
            producer.sendAndAwait(created);

            // Then
            List<JsonNode> heard = listener.awaitAnswersTo(List.of(created));
            assertThat(heard.stream().map(event -> event.path("type").asText()))
                    .containsExactly("grant-refused", "role-updated");
            assertThat(heard.getFirst().at("/data/field").asText()).isEqualTo("time");
            assertThat(service.terminate()).isZero();
        }
    }

    @Test
    void a_missing_target_delays_no_role_and_gets_all_outcomes_later() {
        // Given
        Deployment deployment = Deployment.provision();
        String name = deployment.name() + "-outcomes";
        try (OutcomeListener elsewhere = OutcomeListener.by(Way.QUEUE);
                Fleet nobody = new Fleet(deployment, 0, random);
                SqsClient sqs = SqsClient.create()) {
            String target = elsewhere.target().replaceFirst("[^:]+$", name);
            try (ServiceProcess service = start(deployment, target, Map.of())) {

                // When
                nobody.producer().sendAndAwait(instance.created(0));

                // Then the role is there, the service is not ready for want of the target, and both say what waits
                assertThat(new IamReader(AwsTestClients.PLAIN_IAM).exists(instance.roleName()))
                        .isTrue();
                await("the outcome to be missed")
                        .atMost(TestTimeout.LONGEST)
                        .until(() -> role(service).contains("OutcomeNotPublished"));
                await("the service to say so")
                        .atMost(TestTimeout.LONGEST)
                        .until(() -> service.readiness().contains("\"pending\""));
                assertThat(service.readiness()).startsWith("503 ").contains("\"why\"");

                // And once the target is there it hears of it
                sqs.createQueue(r -> r.queueName(name));
                await("the outcome to be told")
                        .atMost(TestTimeout.LONGEST)
                        .until(() -> !role(service).contains("OutcomeNotPublished"));
                await("the service to be ready")
                        .atMost(TestTimeout.LONGEST)
                        .until(() -> service.readiness().startsWith("200 "));
                assertThat(sqs.receiveMessage(r -> r.queueUrl(
                                        sqs.getQueueUrl(q -> q.queueName(name)).queueUrl()))
                                .messages())
                        .singleElement()
                        .satisfies(message -> assertThat(message.body()).contains("role-updated"));
                assertThat(service.terminate()).isZero();
            }
        }
    }

    @Test
    void the_queues_that_events_come_on_are_no_target() {
        // Given
        Deployment deployment = Deployment.nowhere();
        String target = "arn:aws:sqs:us-east-1:111122223333:" + deployment.queue(Inbox.FEATURE_ENABLED);

        // When
        try (ServiceProcess service = start(deployment, target, Map.of())) {

            // Then
            assertThat(service.awaitEnd()).isNotZero();
            assertThat(service.log()).contains("linked-role.outcomes.target");
        }
    }

    private String role(ServiceProcess service) {
        return Operator.asks(service.api()).get("/api/roles/" + instance.id()).asString();
    }

    private static ServiceProcess start(Deployment deployment, String target, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("LINKED_ROLE_OUTCOMES_TARGET", target);
        environment.put("LINKED_ROLE_OUTCOMES_RETRY_EVERY", "1s");
        environment.put("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        return ServiceProcess.start(deployment, environment);
    }

    /** Asserts that the outcomes of each instance are in order. */
    private static void assertInOrder(List<JsonNode> heard) {
        Map<String, JsonNode> first = new LinkedHashMap<>();
        heard.forEach(event -> first.putIfAbsent(event.path("id").asText(), event));
        Map<String, List<Long>> revisions = first.values().stream()
                .collect(Collectors.groupingBy(
                        event -> event.path("subject").asText(),
                        Collectors.mapping(event -> event.at("/data/revision").asLong(), Collectors.toList())));
        assertThat(revisions.values()).allSatisfy(ofOne -> assertThat(ofOne).isSorted());
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get(name)).stringValue();
    }
}
