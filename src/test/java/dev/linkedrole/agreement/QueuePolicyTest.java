package dev.linkedrole.agreement;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.agreement.Evaluator.Access;
import dev.linkedrole.agreement.Evaluator.Verdict;
import dev.linkedrole.testing.iam.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests with the public evaluator who may send events and dead letters, and who may receive events. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueuePolicyTest {

    private static final String QUEUE = "arn:aws:sqs:us-west-2:111122223333:linked-role-feature-enabled";
    private static final String DEAD_LETTERS = QUEUE + "-dlq";

    private static final String PRODUCER = "arn:aws:iam::111122223333:role/contact-centre";
    private static final String PRODUCER_ELSEWHERE = "arn:aws:iam::444455556666:role/contact-centre";
    private static final String CONTROLLER = "arn:aws:iam::111122223333:role/controller";
    private static final String OTHER = "arn:aws:iam::111122223333:role/other";
    private static final String STRANGER = "arn:aws:iam::444455556666:role/other";
    private static final String TOPIC = "arn:aws:sns:us-west-2:111122223333:events";
    private static final String RULE = "arn:aws:events:us-west-2:111122223333:rule/contact-centre/";

    private static final String SEND = "sqs:SendMessage";
    private static final String RECEIVE = "sqs:ReceiveMessage";

    /** Policies of a caller who may do everything with queues, as far as the account decides. */
    private static final List<JsonNode> ALL_QUEUES = List.of(
            Permission.parse(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}"));

    private static final Map<String, String> NAMED = Map.of(
            "Producers",
            PRODUCER + "," + PRODUCER_ELSEWHERE,
            "Topics",
            TOPIC,
            "Rules",
            RULE + "linked-role-*",
            "Consumer",
            CONTROLLER);

    private final List<Access> asked = new ArrayList<>();
    private Map<String, Verdict> verdicts = Map.of();

    @BeforeAll
    void ask() {
        // Nobody is named
        by("unnamed: a role of the account", OTHER, Map.of(), QUEUE, SEND, ALL_QUEUES, Map.of());
        by("unnamed: without encryption", OTHER, Map.of(), QUEUE, SEND, ALL_QUEUES, plain());
        by("unnamed: a role that may not", OTHER, Map.of(), QUEUE, SEND, List.of(), Map.of());
        by("unnamed: another account", STRANGER, Map.of(), QUEUE, SEND, ALL_QUEUES, Map.of());
        by("unnamed: a topic", "sns.amazonaws.com", Map.of(), QUEUE, SEND, List.of(), from(TOPIC));
        by("unnamed: a rule", "events.amazonaws.com", Map.of(), QUEUE, SEND, List.of(), from(RULE + "linked-role-1"));
        by("unnamed: receive", OTHER, Map.of(), QUEUE, RECEIVE, ALL_QUEUES, Map.of());
        by("unnamed: dead letter, plain", OTHER, Map.of(), DEAD_LETTERS, SEND, ALL_QUEUES, plain());

        // All are
        by("producer: send", PRODUCER, NAMED, QUEUE, SEND, List.of(), Map.of());
        by("producer: send without encryption", PRODUCER, NAMED, QUEUE, SEND, List.of(), plain());
        by("producer elsewhere: send", PRODUCER_ELSEWHERE, NAMED, QUEUE, SEND, ALL_QUEUES, Map.of());
        by("producer: receive", PRODUCER, NAMED, QUEUE, RECEIVE, ALL_QUEUES, Map.of());
        by("producer: dead letter", PRODUCER, NAMED, DEAD_LETTERS, SEND, ALL_QUEUES, Map.of());
        by("other: send", OTHER, NAMED, QUEUE, SEND, ALL_QUEUES, Map.of());
        by("other: receive", OTHER, NAMED, QUEUE, RECEIVE, ALL_QUEUES, Map.of());
        by("other: delete", OTHER, NAMED, QUEUE, "sqs:DeleteMessage", ALL_QUEUES, Map.of());
        by("other: dead letter", OTHER, NAMED, DEAD_LETTERS, SEND, ALL_QUEUES, Map.of());
        by("other: read dead letters", OTHER, NAMED, DEAD_LETTERS, RECEIVE, ALL_QUEUES, Map.of());
        by("stranger: send", STRANGER, NAMED, QUEUE, SEND, ALL_QUEUES, Map.of());
        by("controller: receive", CONTROLLER, NAMED, QUEUE, RECEIVE, ALL_QUEUES, Map.of());
        by("controller: dead letter", CONTROLLER, NAMED, DEAD_LETTERS, SEND, ALL_QUEUES, Map.of());
        by("controller: send", CONTROLLER, NAMED, QUEUE, SEND, ALL_QUEUES, Map.of());
        by("topic: send", "sns.amazonaws.com", NAMED, QUEUE, SEND, List.of(), from(TOPIC));
        by("another topic: send", "sns.amazonaws.com", NAMED, QUEUE, SEND, List.of(), from(TOPIC + "2"));
        by("rule: send", "events.amazonaws.com", NAMED, QUEUE, SEND, List.of(), from(RULE + "linked-role-1"));
        by("another rule: send", "events.amazonaws.com", NAMED, QUEUE, SEND, List.of(), from(RULE + "other"));
        by("topic as a rule: send", "events.amazonaws.com", NAMED, QUEUE, SEND, List.of(), from(TOPIC));
        by("producer: ", PRODUCER, NAMED, QUEUE, "sqs:*", List.of(), Map.of());
        verdicts = Evaluator.access(Path.of("target", "queue-policy"), asked).stream()
                .collect(toMap(QueuePolicyTest::key, verdict -> verdict));
    }

    @Test
    void unnamed_callers_need_a_policy_of_the_account_and_encryption() {
        assertAnswers(
                "unnamed: ",
                Map.of(
                        "a role of the account", "Allowed",
                        "without encryption", "ExplicitlyDenied",
                        "a role that may not", "ImplicitlyDenied",
                        "another account", "ImplicitlyDenied",
                        "a topic", "ImplicitlyDenied",
                        "a rule", "ImplicitlyDenied",
                        "receive", "Allowed",
                        "dead letter, plain", "ExplicitlyDenied"));
    }

    @Test
    void a_named_producer_sends_events_and_does_nothing_else() {
        assertAnswers(
                "producer: ",
                Map.of(
                        "send", "Allowed",
                        "send without encryption", "ExplicitlyDenied",
                        "receive", "ExplicitlyDenied",
                        "dead letter", "ExplicitlyDenied"));
        assertAnswers("producer elsewhere: ", Map.of("send", "Allowed"));
        assertThat(verdicts.keySet().stream().filter(key -> key.startsWith("producer: sqs:")))
                .hasSizeGreaterThan(15);
        assertThat(verdicts.entrySet().stream()
                        .filter(verdict -> verdict.getKey().startsWith("producer: sqs:"))
                        .filter(verdict -> verdict.getValue().allowed())
                        .map(verdict -> verdict.getValue().action()))
                .containsExactlyInAnyOrder(SEND, "sqs:GetQueueUrl");
    }

    @Test
    void others_can_neither_send_nor_take_events_whatever_they_may() {
        assertAnswers(
                "other: ",
                Map.of(
                        "send", "ExplicitlyDenied",
                        "receive", "ExplicitlyDenied",
                        "delete", "ExplicitlyDenied",
                        "dead letter", "ExplicitlyDenied",
                        "read dead letters", "Allowed"));
        assertAnswers("stranger: ", Map.of("send", "ExplicitlyDenied"));
    }

    @Test
    void the_controller_takes_events_and_sends_none_but_dead_letters() {
        assertAnswers(
                "controller: ", Map.of("receive", "Allowed", "dead letter", "Allowed", "send", "ExplicitlyDenied"));
    }

    @Test
    void topics_and_rules_send_only_if_they_are_named() {
        assertAnswers("topic: ", Map.of("send", "Allowed"));
        assertAnswers("rule: ", Map.of("send", "Allowed"));
        assertAnswers("another topic: ", Map.of("send", "ImplicitlyDenied"));
        assertAnswers("another rule: ", Map.of("send", "ImplicitlyDenied"));
        assertAnswers("topic as a rule: ", Map.of("send", "ImplicitlyDenied"));
    }

    @Test
    void the_queues_have_one_policy_each_and_the_three_are_alike() {
        // When
        Template template = new Template(Path.of("deploy", "resources.yaml"), NAMED);

        // Then
        List<String> policies = template.resources("AWS::SQS::QueuePolicy");
        assertThat(policies.stream()
                        .map(policy ->
                                template.properties(policy).at("/Queues/0").asText()))
                .containsExactlyInAnyOrderElementsOf(template.resources("AWS::SQS::Queue"));
        assertThat(policies.stream()
                        .map(policy -> template.policy(policy)
                                .toString()
                                .replaceAll("InstanceCreated|FeatureEnabled|InstanceDeleted", ""))
                        .distinct())
                .hasSize(2);
    }

    private void assertAnswers(String who, Map<String, String> expected) {
        Map<String, String> found = new HashMap<>();
        expected.keySet()
                .forEach(what -> found.put(
                        what,
                        verdicts.getOrDefault(who + what, new Verdict(who, what, "not asked"))
                                .answer()));
        assertThat(found).isEqualTo(expected);
    }

    private void by(
            String who,
            String principal,
            Map<String, String> parameters,
            String resource,
            String action,
            List<JsonNode> own,
            Map<String, String> context) {
        Template template = new Template(Path.of("deploy", "resources.yaml"), parameters);
        String kind = resource.equals(QUEUE) ? "FeatureEnabledEvents" : "FeatureEnabledDeadLetters";
        JsonNode policy =
                Permission.parse(template.policy(kind + "Policy").toString().replace(kind + ".Arn", resource));
        Map<String, String> keys = new HashMap<>(Map.of("aws:SecureTransport", "true"));
        boolean service = principal.endsWith(".amazonaws.com");
        keys.put("aws:PrincipalIsAWSService", Boolean.toString(service));
        if (!service) {
            keys.put("aws:PrincipalArn", principal);
        }
        keys.putAll(context);
        asked.add(new Access(who, principal, own, policy, action, resource, keys));
    }

    private static String key(Verdict verdict) {
        return verdict.who().endsWith(" ") ? verdict.who() + verdict.action() : verdict.who();
    }

    private static Map<String, String> plain() {
        return Map.of("aws:SecureTransport", "false");
    }

    private static Map<String, String> from(String source) {
        return Map.of("aws:SourceArn", source);
    }
}
