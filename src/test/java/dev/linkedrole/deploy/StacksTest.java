package dev.linkedrole.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Stack;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.iam.Permission;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The templates of {@code deploy}, applied to the local AWS. */
@Tag("aws")
class StacksTest {

    private static final String ACCOUNT = Objects.requireNonNull(
            AwsTestClients.PLAIN_STS.getCallerIdentity(r -> {}).account());
    private static final String PRODUCER = "arn:aws:iam::111122223333:role/contact-centre";
    private static final String CONTROLLER = "arn:aws:iam::111122223333:role/controller";

    private final SqsClient sqs = AwsTestClients.PLAIN_SQS;

    @Test
    void all_that_may_be_chosen_for_queues_table_and_topic_is_made() {
        // Given
        String name = Deployment.nowhere().name();
        Stack stack = new Stack(name, "resources.yaml");

        // When
        stack.create(List.of(
                "Prefix=" + name + "-",
                "TableDeletionProtection=true",
                "OutcomesTopic=outcomes",
                "Producers=" + PRODUCER + ",arn:aws:iam::444455556666:user/ci",
                "Topics=arn:aws:sns:us-east-1:111122223333:events",
                "Rules=arn:aws:events:us-east-1:111122223333:rule/bus/linked-role-*",
                "Consumer=" + CONTROLLER));

        // Then each queue has its policy
        for (String queue : List.of("instance-created", "feature-enabled", "instance-deleted")) {
            assertThat(statements(policyOf(name + "-linked-role-" + queue)))
                    .containsExactlyInAnyOrder(
                            "EncryptedOnly",
                            "ProducersSend",
                            "NobodyElseSends",
                            "TopicsSend",
                            "RulesSend",
                            "NobodyElseReceives");
            assertThat(statements(policyOf(name + "-linked-role-" + queue + "-dlq")))
                    .containsExactlyInAnyOrder("EncryptedOnly", "NobodyElseSends");
        }
        assertThat(policyOf(name + "-linked-role-instance-created")).contains(PRODUCER, "444455556666:user/ci");

        // And the table cannot be deleted
        assertThat(AwsTestClients.DYNAMO_DB
                        .describeTable(r -> r.tableName(name + "-linked-roles"))
                        .join()
                        .table()
                        .deletionProtectionEnabled())
                .isTrue();
    }

    @Test
    void events_of_a_topic_and_a_bus_arrive_in_the_queue_of_their_type() {
        try (SnsClient sns = SnsClient.create();
                EventBridgeClient events = EventBridgeClient.create()) {
            // Given
            Deployment deployment = Deployment.provision();
            String topic = sns.createTopic(r -> r.name(deployment.name())).topicArn();
            events.createEventBus(r -> r.name(deployment.name()));
            List<String> parameters = new ArrayList<>(deployment.parameters());
            parameters.removeIf(parameter -> parameter.startsWith("Table="));
            parameters.addAll(List.of(
                    "Prefix=" + deployment.name() + "-",
                    "Topic=" + topic,
                    "Bus=" + deployment.name(),
                    "EventSources=acme.contact-centre,acme.import"));
            // The prefix is of its own queue here, and the names of the others have it already.
            parameters.replaceAll(parameter -> parameter.replace("Queue=" + deployment.name() + "-", "Queue="));

            // When
            new Stack(deployment.name() + "-sources", "sources.yaml").create(parameters);
            for (String type : List.of("instance-created", "feature-disabled", "no-such-type", "instance-deleted")) {
                sns.publish(r -> r.topicArn(topic).message("{\"type\":\"" + type + "\",\"id\":\"topic\"}"));
            }
            for (String type : List.of("Instance Created", "Feature Enabled", "instance-deleted")) {
                events.putEvents(r -> r.entries(
                        entry(deployment.name(), "acme.import", type), entry(deployment.name(), "other", type)));
            }

            // Then
            assertThat(typesIn(deployment.queue(Inbox.INSTANCE_CREATED)))
                    .containsExactlyInAnyOrder("instance-created", "Instance Created of acme.import");
            assertThat(typesIn(deployment.queue(Inbox.FEATURE_ENABLED)))
                    .containsExactlyInAnyOrder("feature-disabled", "no-such-type", "Feature Enabled of acme.import");
            assertThat(typesIn(deployment.queue(Inbox.INSTANCE_DELETED)))
                    .containsExactlyInAnyOrder("instance-deleted", "instance-deleted of acme.import");

            // And what cannot be delivered has a place
            String undelivered = deployment.name() + "-linked-role-undelivered";
            assertThat(sns.listSubscriptionsByTopic(r -> r.topicArn(topic)).subscriptions())
                    .hasSize(3)
                    .allSatisfy(subscription ->
                            assertThat(redriveOf(sns, subscription)).endsWith(undelivered));
            assertThat(events.listRules(r -> r.eventBusName(deployment.name())).rules())
                    .hasSize(3)
                    .allSatisfy(rule -> assertThat(events.listTargetsByRule(r ->
                                            r.eventBusName(deployment.name()).rule(rule.name()))
                                    .targets())
                            .singleElement()
                            .extracting(Target::deadLetterConfig)
                            .asString()
                            .contains(undelivered));
            assertThat(statements(policyOf(undelivered)))
                    .containsExactlyInAnyOrder("EncryptedOnly", "TopicSends", "RulesSend");
        }
    }

    @Test
    void all_alarms_are_made() {
        // Given
        Stack stack = new Stack(Deployment.nowhere().name() + "-alarms", "alarms.yaml");

        // When
        stack.create(List.of(
                "Prefix=" + Deployment.nowhere().name() + "-",
                "AlarmTopic=arn:aws:sns:us-east-1:" + ACCOUNT + ":alarms",
                "OutcomesTopic=outcomes",
                "Sources=true"));

        // Then
        assertThat(stack.resources())
                .hasSize(21)
                .contains(
                        "InstanceCreatedAge",
                        "InstanceDeletedNotReceived",
                        "OutcomesNotDelivered",
                        "EventsNotDelivered");
    }

    @Test
    void the_policies_of_the_controller_are_made_as_it_needs_them() {
        // Given
        String name = Deployment.nowhere().name();

        // When
        new Stack(name + "-policy", "controller-policy.yaml")
                .create(List.of(
                        "Prefix=" + name + "-",
                        "ServiceLinked=true",
                        "OtherAccounts=true",
                        "ExternalId=acme",
                        "OutcomesTarget=arn:aws:events:us-east-1:" + ACCOUNT + ":event-bus/outcomes"));
        new Stack(name + "-member", "controller-policy.yaml")
                .create(List.of("Controller=" + CONTROLLER, "MemberRole=" + name + "-member"));

        // Then
        assertThat(documents(name + "-policy-QueuesPolicy"))
                .singleElement()
                .satisfies(document -> assertThat(statements(document))
                        .containsExactlyInAnyOrder(
                                "Consume", "Refuse", "Record", "TellBus", "TakeOutOfOutbox", "WorkInOtherAccounts"));
        assertThat(documents(name + "-policy-ServiceLinkedPolicy")).hasSize(1);
        assertThat(documents(name + "-policy-RolesPolicy"))
                .singleElement()
                .satisfies(document -> assertThat(statements(document)).contains("ChangeOwn", "AttachOwn"));
        assertThat(documents(name + "-member-QueuesPolicy")).isEmpty();
        assertThat(URLDecoder.decode(
                        AwsTestClients.PLAIN_IAM
                                .getRole(r -> r.roleName(name + "-member"))
                                .role()
                                .assumeRolePolicyDocument(),
                        StandardCharsets.UTF_8))
                .contains(CONTROLLER, "linked-role-*");
    }

    /** The documents of the managed policies whose names begin so. */
    private static List<String> documents(String name) {
        return AwsTestClients.PLAIN_IAM.listPoliciesPaginator(r -> r.scope("Local")).policies().stream()
                .filter(policy -> policy.policyName().startsWith(name))
                .map(policy -> AwsTestClients.PLAIN_IAM
                        .getPolicyVersion(r -> r.policyArn(policy.arn()).versionId(policy.defaultVersionId()))
                        .policyVersion()
                        .document())
                .map(document ->
                        document.startsWith("{") ? document : URLDecoder.decode(document, StandardCharsets.UTF_8))
                .toList();
    }

    private String policyOf(String queue) {
        String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
        return Objects.requireNonNull(
                sqs.getQueueAttributes(r -> r.queueUrl(url).attributeNames(QueueAttributeName.POLICY))
                        .attributes()
                        .get(QueueAttributeName.POLICY));
    }

    private static List<String> statements(String policy) {
        return Permission.parse(policy).path("Statement").findValuesAsText("Sid");
    }

    private static String redriveOf(SnsClient sns, Subscription subscription) {
        Map<String, String> attributes = sns.getSubscriptionAttributes(
                        r -> r.subscriptionArn(subscription.subscriptionArn()))
                .attributes();
        return Permission.parse(attributes.getOrDefault("RedrivePolicy", "{}"))
                .path("deadLetterTargetArn")
                .asText();
    }

    private static PutEventsRequestEntry entry(String bus, String source, String type) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(source)
                .detailType(type)
                .detail("{\"instanceArn\":\"" + Instance.random().id() + "\"}")
                .build();
    }

    /** The types of all events in a queue, those of a bus with their source. */
    private List<String> typesIn(String queue) {
        String url = sqs.getQueueUrl(r -> r.queueName(queue)).queueUrl();
        return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages().stream()
                .map(message -> Permission.parse(message.body()))
                .map(event -> event.has("detail-type")
                        ? event.path("detail-type").asText() + " of "
                                + event.path("source").asText()
                        : event.path("type").asText())
                .toList();
    }
}
