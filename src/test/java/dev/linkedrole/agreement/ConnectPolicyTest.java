package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.agreement.Evaluator.Access;
import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Evaluator.Verdict;
import dev.linkedrole.agreement.Request.Kind;
import dev.linkedrole.connectmodel.ApiModel;
import dev.linkedrole.iam.SessionName;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Permission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests with the public evaluator what the controller may read of Amazon Connect, and who may send what becomes of its calls. */
class ConnectPolicyTest {

    private static final Path CONTROLLER = Path.of("deploy", "controller-policy.yaml");
    private static final Path CONNECT = Path.of("deploy", "connect.yaml");
    private static final Map<String, String> READING = Map.of("ReadConnect", "true");
    private static final String HERE = instance("eu-west-2", Instance.ACCOUNT);
    private static final String QUEUE = "arn:aws:sqs:us-west-2:111122223333:linked-role-feature-enabled";
    private static final String RULE = "arn:aws:events:us-west-2:111122223333:rule/linked-role-connect";
    private static final String BUS = "arn:aws:events:us-west-2:111122223333:event-bus/calls";

    /** Action on which calls depend, by editions of the service authorization reference; nothing here calls it. */
    private static final String DEPENDENT = "ds:DescribeDirectories";

    @Test
    void it_allows_the_calls_that_are_made_and_what_they_depend_on() {
        Set<String> calls = ApiModel.OPERATIONS.stream()
                .map(operation -> "connect:" + operation)
                .collect(Collectors.toCollection(TreeSet::new));
        calls.add(DEPENDENT);

        assertThat(actions()).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void it_reads_instances_of_the_account_in_every_region_and_no_others() {
        // Given
        List<Request> asked = new ArrayList<>();
        for (String operation : ApiModel.OPERATIONS) {
            String action = "connect:" + operation;
            if (operation.equals("ListInstances")) {
                asked.add(asked(Kind.AS_GRANTED, action, "*"));
            } else {
                asked.add(asked(Kind.AS_GRANTED, action, HERE));
                asked.add(asked(Kind.ANOTHER_ACCOUNT, action, HERE.replace(Instance.ACCOUNT, "444455556666")));
                asked.add(asked(Kind.ANOTHER_PARTITION, action, HERE.replace("arn:aws:", "arn:aws-cn:")));
            }
        }
        asked.add(asked(Kind.AS_GRANTED, DEPENDENT, "*"));

        // When
        List<Answer> answers = answers("reading", asked);

        // Then
        assertThat(answers)
                .hasSameSizeAs(asked)
                .allMatch(answer -> answer.allowed() == (answer.kind() == Kind.AS_GRANTED));
    }

    @Test
    void of_all_actions_of_amazon_connect_it_allows_these_and_no_more() {
        List<Answer> answers = answers("all", List.of(asked(Kind.ANOTHER_ACTION, "connect:*", HERE)));

        assertThat(answers).hasSizeGreaterThan(200);
        assertThat(answers.stream().filter(Answer::allowed).map(Answer::action).distinct())
                .containsExactlyInAnyOrderElementsOf(ApiModel.OPERATIONS.stream()
                        .map(operation -> "connect:" + operation)
                        .toList());
    }

    @Test
    void it_is_there_if_asked_for_and_the_assumed_role_has_it() {
        assertThat(controller(Map.of()).policies()).doesNotContainKey("ConnectPolicy");
        Map<String, String> member = new HashMap<>(READING);
        member.put("Controller", "arn:aws:iam::444455556666:role/controller");

        Template template = controller(member);

        assertThat(template.policies()).containsOnlyKeys("RolesPolicy", "ConnectPolicy");
        assertThat(template.properties("AssumedRole").path("ManagedPolicyArns").toString())
                .isEqualTo("[\"RolesPolicy\",\"ConnectPolicy\"]");
        assertThat(SessionName.OF_READING.value())
                .startsWith(template.trust("AssumedRole")
                        .at("/Statement/0/Condition/StringLike/sts:RoleSessionName")
                        .asText()
                        .replaceAll("\\*$", ""));
    }

    @Test
    void tasks_and_pods_have_it_if_it_is_named() {
        String policy = "arn:aws:iam::111122223333:policy/connect";
        Map<String, String> named = Map.of(
                "Image", "image",
                "Vpc", "vpc-1",
                "Subnets", "subnet-1",
                "QueuesPolicyArn", "q",
                "RolesPolicyArn", "r",
                "ConnectPolicyArn", policy);
        Template pods = new Template(Path.of("deploy", "kubernetes", "pod-role.yaml"), named);
        Template tasks = new Template(Path.of("deploy", "ecs", "service.yaml"), named);

        for (JsonNode role : List.of(
                pods.properties("PodIdentityRole"), pods.properties("IrsaRole"), tasks.properties("TaskRole"))) {
            assertThat(role.path("ManagedPolicyArns").toString()).isEqualTo("[\"q\",\"r\",\"" + policy + "\"]");
        }
    }

    @Test
    void the_rule_alone_leaves_what_it_could_not_deliver() {
        // Given
        Template template = new Template(CONNECT, Map.of("Target", QUEUE));
        String undelivered = "arn:aws:sqs:us-west-2:111122223333:linked-role-connect-undelivered";
        JsonNode policy = Permission.parse(template.policy("UndeliveredPolicy")
                .toString()
                .replace("Undelivered.Arn", undelivered)
                .replace("Rule.Arn", RULE));

        // When
        List<Verdict> verdicts = access(
                "undelivered",
                sending("rule", policy, undelivered, Map.of("aws:SourceArn", RULE)),
                sending("another rule", policy, undelivered, Map.of("aws:SourceArn", RULE + "2")),
                sending("plain", policy, undelivered, Map.of("aws:SourceArn", RULE, "aws:SecureTransport", "false")));

        // Then
        assertThat(verdicts)
                .extracting(Verdict::who, Verdict::answer)
                .containsExactlyInAnyOrder(
                        tuple("rule", "Allowed"),
                        tuple("another rule", "ImplicitlyDenied"),
                        tuple("plain", "ExplicitlyDenied"));
    }

    private static Access sending(String who, JsonNode policy, String queue, Map<String, String> context) {
        Map<String, String> keys = new HashMap<>(Map.of("aws:SecureTransport", "true"));
        keys.putAll(context);
        return new Access(who, "events.amazonaws.com", List.of(), policy, "sqs:SendMessage", queue, keys);
    }

    @Test
    void accounts_send_calls_to_the_bus_and_nothing_else() {
        // Given
        Template template = new Template(CONNECT, Map.of("Target", QUEUE, "Bus", "calls", "Accounts", "444455556666"));
        JsonNode statement = template.properties("AccountsSend").path("Statement");
        JsonNode policy = Permission.parse("{\"Version\":\"2012-10-17\",\"Statement\":"
                + statement.toString().replace("CentralBus.Arn", BUS) + "}");

        // When
        List<Verdict> verdicts = access(
                "bus",
                putting("a named account", "444455556666", policy, "aws.connect"),
                putting("another account", "777788889999", policy, "aws.connect"),
                putting("another source", "444455556666", policy, "acme.connect"));

        // Then
        assertThat(verdicts.stream().filter(Verdict::allowed).map(Verdict::who)).containsExactly("a named account");
        assertThat(verdicts).hasSize(3);
    }

    private static Access putting(String who, String account, JsonNode policy, String source) {
        JsonNode own = Permission.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"events:*\",\"Resource\":\"*\"}}");
        return new Access(
                who,
                "arn:aws:iam::" + account + ":role/linked-role-connect-us-west-2",
                List.of(own),
                policy,
                "events:PutEvents",
                BUS,
                Map.of("events:source", source, "events:detail-type", "AWS API Call via CloudTrail"));
    }

    private static List<Verdict> access(String name, Access... uses) {
        return Evaluator.access(Path.of("target", "connect-policy", name), List.of(uses));
    }

    private static List<Answer> answers(String name, List<Request> requests) {
        return Evaluator.answers(
                Path.of("target", "connect-policy", name),
                List.of(new Question(
                        name, Instance.ACCOUNT, List.of(controller(READING).policy("ConnectPolicy")), requests)));
    }

    private static Set<String> actions() {
        Set<String> actions = new TreeSet<>();
        controller(READING)
                .policy("ConnectPolicy")
                .path("Statement")
                .forEach(statement -> statement.path("Action").forEach(action -> actions.add(action.asText())));
        return actions;
    }

    private static Template controller(Map<String, String> parameters) {
        return new Template(CONTROLLER, parameters);
    }

    private static Request asked(Kind kind, String action, String resource) {
        return new Request(kind, action, resource, new TreeMap<>());
    }

    private static String instance(String region, String account) {
        return "arn:aws:connect:%s:%s:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01".formatted(region, account);
    }
}
