package dev.linkedrole.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.ApiCallEvent;
import dev.linkedrole.testing.ApiCallEvent.Form;
import dev.linkedrole.testing.ApiCallEvent.Spelling;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.GoldenApiCall;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Stack;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.Mailbox;
import dev.linkedrole.testing.aws.OnEachAws;
import dev.linkedrole.testing.aws.TrailBus;
import dev.linkedrole.testing.iam.Permission;
import dev.linkedrole.testing.time.TestTimeout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DeadLetterConfig;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** The rule of {@code deploy/connect.yaml} on a local EventBridge, whose target is a real queue. */
@Tag("aws")
@OnEachAws
class ConnectStackTest {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Instance instance = Instance.random();
    private final Deployment deployment = Deployment.provision();
    private final Mailbox queue = new Mailbox(AwsTestClients.PLAIN_SQS, deployment.queue(Inbox.FEATURE_ENABLED));
    private final String prefix = deployment.name() + "-";
    private final List<Stack> stacks = new ArrayList<>();

    @AfterEach
    void delete() {
        stacks.reversed().forEach(Stack::delete);
    }

    @Test
    void each_call_in_each_form_arrives_once_and_nothing_else_does() {
        try (TrailBus bus = new TrailBus(EventBridgeClient.create())) {
            // Given
            create(new Stack(prefix + "connect", "connect.yaml"), "Target=" + queue.arn());
            List<ObjectNode> arrive = new ArrayList<>();
            List<ObjectNode> never = new ArrayList<>(List.of(
                    changed(event -> detail(event).put("errorCode", "AccessDenied")),
                    changed(event -> detail(event).put("readOnly", true)),
                    changed(event -> detail(event).put("eventSource", "cases.amazonaws.com")),
                    changed(event -> event.put("source", "acme.connect"))));
            for (GoldenApiCall golden : GoldenApiCall.all()) {
                for (Form form : Form.values()) {
                    ObjectNode event = ApiCallEvent.of(
                            instance, form, Spelling.PASCAL_CASE, golden.call(), golden.request(), golden.response());
                    (golden.call().equals("CreateUser") ? never : arrive).add(event);
                }
            }

            // When
            bus.put(never);
            bus.put(arrive);

            // Then
            assertArrive(arrive, never);
        }
    }

    @Test
    void calls_of_another_account_and_region_arrive_by_a_bus() {
        // Given
        AwsSessionCredentials member = member();
        try (TrailBus there = new TrailBus(EventBridgeClient.builder()
                .region(Region.EU_WEST_2)
                .credentialsProvider(StaticCredentialsProvider.create(member))
                .build())) {
            create(
                    new Stack(prefix + "bus", "connect.yaml"),
                    "Target=" + queue.arn(),
                    "Bus=" + deployment.name(),
                    "Accounts=" + Instance.ACCOUNT);
            String bus =
                    queue.arn().replace(":sqs:", ":events:").replaceFirst("[^:]+$", "event-bus/" + deployment.name());
            create(new Stack(prefix + "member", "connect.yaml", "eu-west-2", member), "Target=" + bus);
            List<ObjectNode> arrive = List.of(changed(event -> {}), changed(event -> {}));
            List<ObjectNode> never = List.of(changed(event -> detail(event).put("errorCode", "AccessDenied")));

            // When
            there.put(never);
            there.put(arrive);

            // Then
            assertArrive(arrive, never);
        }
        try (EventBridgeClient events = EventBridgeClient.create()) {
            assertThat(events.describeEventBus(r -> r.name(deployment.name())).policy())
                    .contains(Instance.ACCOUNT, "events:PutEvents", "aws.connect");
        }
    }

    @Test
    void what_cannot_be_delivered_has_a_queue_and_an_alarm() {
        // When
        Stack stack = create(
                new Stack(prefix + "connect", "connect.yaml"),
                "Target=" + queue.arn(),
                "AlarmTopic=arn:aws:sns:us-east-1:111122223333:on-call");

        // Then
        Mailbox undelivered = new Mailbox(AwsTestClients.PLAIN_SQS, prefix + "linked-role-connect-undelivered");
        assertThat(stack.resources())
                .containsExactlyInAnyOrder("Rule", "Undelivered", "UndeliveredPolicy", "NotDelivered");
        try (EventBridgeClient events = EventBridgeClient.create()) {
            assertThat(events.listTargetsByRule(r -> r.rule(prefix + "linked-role-connect"))
                            .targets())
                    .singleElement()
                    .extracting(Target::deadLetterConfig)
                    .extracting(DeadLetterConfig::arn)
                    .isEqualTo(undelivered.arn());
        }
    }

    /** Awaits the calls of this test in the queue; other tests use the same bus. */
    private void assertArrive(List<ObjectNode> expected, List<ObjectNode> never) {
        List<String> own = Stream.concat(expected.stream(), never.stream())
                .map(ConnectStackTest::id)
                .toList();
        List<String> arrived = new ArrayList<>();
        await("all calls in the queue")
                .atMost(TestTimeout.LONGEST)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> {
                    queue.drain().stream()
                            .map(message -> id(Permission.parse(message.body())))
                            .filter(own::contains)
                            .forEach(arrived::add);
                    return arrived.size() >= expected.size();
                });
        assertThat(arrived)
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(ConnectStackTest::id).toList());
    }

    private static String id(JsonNode event) {
        return event.at("/detail/eventID").asText();
    }

    private Stack create(Stack stack, String... parameters) {
        List<String> all = new ArrayList<>(List.of(parameters));
        all.add("Prefix=" + prefix);
        stacks.add(stack);
        stack.create(all);
        return stack;
    }

    private ObjectNode changed(Consumer<ObjectNode> change) {
        ObjectNode event = ApiCallEvent.of(instance, "DeleteInstance", "{\"InstanceId\": \"INSTANCE\"}", "null");
        change.accept(event);
        return event;
    }

    private static ObjectNode detail(ObjectNode event) {
        return (ObjectNode) event.get("detail");
    }

    private static AwsSessionCredentials member() {
        var given = AwsTestClients.PLAIN_STS
                .assumeRole(r -> r.roleArn("arn:aws:iam::" + Instance.ACCOUNT + ":role/administrator")
                        .roleSessionName("administrator"))
                .credentials();
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }
}
