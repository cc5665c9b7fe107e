package dev.linkedrole.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.agreement.Evaluator.Access;
import dev.linkedrole.agreement.Evaluator.Answer;
import dev.linkedrole.agreement.Evaluator.Question;
import dev.linkedrole.agreement.Evaluator.Verdict;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.OutcomeListener;
import dev.linkedrole.testing.aws.OutcomeListener.Way;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.iam.ServiceLinkedRole;
import dev.linkedrole.testing.time.TestTimeout;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * The policies of {@code deploy/controller-policy.yaml} against all calls that the packaged service makes while roles live their lives: in
 * its own account and in another one, in both modes, with each kind of target for outcomes. Each call is allowed, and each permission is
 * needed by one.
 */
@Tag("aws")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeastPrivilegeIT {

    private static final Path TEMPLATE = Path.of("deploy", "controller-policy.yaml");
    private static final String PATH = "/linked-role/connect.amazonaws.com/";
    private static final String STREAM = "arn:aws:kinesis:us-west-2:%s:stream/one";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String CONTROLLER = "arn:aws:iam::%s:role/controller";

    /** Member account, in which the bots of the tests are. */
    private static final String MEMBER = Instance.ACCOUNT;

    private final String home = Objects.requireNonNull(
            AwsTestClients.PLAIN_STS.getCallerIdentity(r -> {}).account());

    /** Calls of one of the services, and the parameters of its policies. */
    private record Recorded(String name, Map<String, String> parameters, Set<AwsCall> calls) {}

    private final List<Recorded> recorded = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    void live() {
        Life grown = new Life("customer-managed", Way.TOPIC, environmentOfAccounts(), parametersOfAccounts());
        Life linked = new Life(
                "service-linked",
                Way.BUS,
                Map.of("LINKED_ROLE_MODE", "service-linked"),
                Map.of("ServiceLinked", "true"));
        Life plain = new Life("with a queue", Way.QUEUE, Map.of(), Map.of());
        Stream.of(grown, linked, plain).forEach(life -> life.service.awaitReady());
        grown.customerManaged();
        linked.serviceLinked();
        plain.simple();
        Stream.of(grown, linked, plain).map(Life::end).forEach(recorded::add);
    }

    @AfterAll
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void every_call_is_allowed() {
        // When
        List<Question> questions = new ArrayList<>();
        for (Recorded one : recorded) {
            for (String account : List.of(home, MEMBER)) {
                List<Request> requests = one.calls().stream()
                        .filter(call -> call.account().equals(account))
                        .map(AwsCall::request)
                        .toList();
                questions.add(new Question(
                        one.name() + " in " + account,
                        account,
                        List.copyOf(template(one, account).policies().values()),
                        requests));
            }
        }
        List<Answer> answers = Evaluator.answers(Path.of("target", "least-privilege", "allowed"), questions);

        // Then
        assertThat(answers).hasSizeGreaterThan(120);
        assertThat(answers).filteredOn(answer -> !answer.allowed()).isEmpty();
    }

    @Test
    void no_permission_is_there_that_no_call_needs() {
        // Given each permission of each statement alone
        Set<String> alone = new TreeSet<>();
        List<Question> questions = new ArrayList<>();
        for (Recorded one : recorded) {
            for (String account : List.of(home, MEMBER)) {
                template(one, account)
                        .policies()
                        .forEach((policy, document) -> document.path("Statement")
                                .forEach(statement -> {
                                    if (statement.path("Effect").asText().equals("Allow")) {
                                        singles(statement).forEach((what, single) -> {
                                            String permission = policy + " " + what;
                                            alone.add(permission);
                                            questions.add(new Question(
                                                    permission,
                                                    account,
                                                    List.of(single),
                                                    requests(one, account, single)));
                                        });
                                    }
                                }));
            }
        }

        // When
        List<Answer> answers = Evaluator.answers(Path.of("target", "least-privilege", "needed"), questions);

        // Then
        Set<String> needed = answers.stream()
                .filter(Answer::allowed)
                .map(Answer::role)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(alone).hasSizeGreaterThan(60);
        alone.removeAll(needed);
        assertThat(alone).as("permissions without a call").isEmpty();
    }

    @Test
    void the_other_account_lets_the_controller_in_and_nobody_else() {
        // Given
        JsonNode trust = template(recorded.getFirst(), MEMBER).trust("AssumedRole");
        List<AwsCall> sessions = recorded.getFirst().calls().stream()
                .filter(call -> call.action().equals("sts:AssumeRole"))
                .toList();

        // When
        List<Verdict> verdicts = Evaluator.access(
                Path.of("target", "least-privilege", "trust"),
                sessions.stream()
                        .flatMap(call -> Stream.of(
                                assumed("controller", CONTROLLER.formatted(home), trust, call),
                                assumed("other", "arn:aws:iam::" + home + ":role/other", trust, call)))
                        .toList());

        // Then
        assertThat(verdicts)
                .hasSizeGreaterThan(2)
                .allMatch(verdict -> verdict.allowed() == verdict.who().equals("controller"));
    }

    private static Access assumed(String who, String principal, JsonNode trust, AwsCall call) {
        JsonNode own = parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:*\",\"Resource\":\"*\"}}");
        return new Access(who, principal, List.of(own), trust, call.action(), call.resource(), call.context());
    }

    /** Each action of a statement with all its resources, and each of its resources with all its actions. */
    private static Map<String, JsonNode> singles(JsonNode statement) {
        Map<String, JsonNode> singles = new HashMap<>();
        for (String part : List.of("Action", "Resource")) {
            elements(statement.path(part)).forEach(value -> {
                ObjectNode single = statement.deepCopy();
                single.put(part, value);
                ObjectNode document = new ObjectMapper().createObjectNode();
                document.put("Version", "2012-10-17").putArray("Statement").add(single);
                singles.put(
                        statement.path("Sid").asText() + " "
                                + value.replaceAll("\\d{12}", "ACCOUNT")
                                        .replaceAll("test-[0-9a-f]{8}-[0-9a-f]{4}", "T"),
                        document);
            });
        }
        return singles;
    }

    private static List<Request> requests(Recorded one, String account, JsonNode document) {
        Set<String> actions = elements(document.at("/Statement/0/Action")).collect(Collectors.toSet());
        return one.calls().stream()
                .filter(call -> call.account().equals(account) && actions.contains(call.action()))
                .map(AwsCall::request)
                .toList();
    }

    private static Stream<String> elements(JsonNode one) {
        List<String> all = new ArrayList<>();
        if (one.isArray()) {
            one.forEach(each -> all.add(each.asText()));
        } else {
            all.add(one.asText());
        }
        return all.stream();
    }

    private Template template(Recorded one, String account) {
        Map<String, String> parameters = new HashMap<>(one.parameters());
        parameters.put("AWS::AccountId", account);
        parameters.put("AWS::Region", "us-east-1");
        if (!account.equals(home)) {
            parameters.put("Controller", CONTROLLER.formatted(home));
        }
        parameters.computeIfPresent("PermissionsBoundary", (key, boundary) -> boundary.formatted(account));
        return new Template(TEMPLATE, parameters);
    }

    private static Map<String, String> environmentOfAccounts() {
        return Map.of(
                "LINKED_ROLE_ACCOUNTS_DEFAULT_ROLE",
                "arn:{partition}:iam::{account}:role/linked-role-controller",
                "LINKED_ROLE_ACCOUNTS_DEFAULT_EXTERNAL_ID",
                "acme",
                "LINKED_ROLE_PERMISSIONS_BOUNDARY",
                "arn:{partition}:iam::{account}:policy/linked-role-boundary");
    }

    private static Map<String, String> parametersOfAccounts() {
        return Map.of(
                "OtherAccounts", "true",
                "ExternalId", "acme",
                "PermissionsBoundary", "arn:aws:iam::%s:policy/linked-role-boundary");
    }

    private static JsonNode parse(String json) {
        return dev.linkedrole.testing.iam.Permission.parse(json);
    }

    /** Service whose calls are recorded, and the lives of its roles. */
    private final class Life {

        private final String name;
        private final Map<String, String> parameters = new HashMap<>();
        private final Deployment deployment = Deployment.provision("VisibilityTimeout=10");
        private final CallRecorder calls = new CallRecorder(home);
        private final Producer producer = new Producer(AwsTestClients.PLAIN_SQS, deployment);
        private final ServiceProcess service;

        Life(String name, Way way, Map<String, String> environment, Map<String, String> parameters) {
            this.name = name;
            OutcomeListener listener = OutcomeListener.by(way);
            deployment.parameters().forEach(parameter -> {
                String[] parts = parameter.split("=", 2);
                this.parameters.put(parts[0], parts[1]);
            });
            this.parameters.putAll(parameters);
            this.parameters.put("OutcomesTarget", listener.target());
            Map<String, String> variables = new HashMap<>(calls.environment());
            variables.put("LINKED_ROLE_OUTCOMES_TARGET", listener.target());
            variables.put("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
            variables.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
            variables.put("LINKED_ROLE_IAM_ATTEMPTS", "1");
            variables.put("LINKED_ROLE_RESYNC_EVERY", "2s");
            variables.putAll(environment);
            this.service = ServiceProcess.start(deployment, variables);
            opened.addAll(List.of(listener, calls, service));
        }

        Recorded end() {
            assertThat(service.terminate()).isZero();
            return new Recorded(name, parameters, calls.calls());
        }

        void simple() {
            Instance instance = Instance.randomIn(home);
            producer.sendAndAwait(instance.created(0), instance.enabled(1, "agent-events", STREAM.formatted(home)));
            producer.sendAndAwait(instance.deleted(9));
            awaitCall("sqs:SendMessage");
            redrive();
        }

        /** Looks at a dead letter, and redrives it; it comes back. */
        private void redrive() {
            producer.deadLetters(Inbox.FEATURE_ENABLED).send("not JSON", Map.of(), "any");
            asks().get("/api/dead-letters").then().statusCode(200).body("groups.size()", equalTo(1));
            asks().contentType(ContentType.JSON)
                    .body("{\"all\": true}")
                    .post("/api/dead-letters/redrive")
                    .then()
                    .statusCode(200)
                    .body("redriven", equalTo(1));
            producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, "not JSON");
        }

        void customerManaged() {
            Instance here = Instance.randomIn(home);
            Instance there = Instance.random();

            // Rejected, returned to the queue, and handled
            for (Inbox inbox : Inbox.values()) {
                producer.send("not JSON", inbox, "any");
                producer.awaitDeadLetter(inbox, "not JSON");
            }
            calls.makeUnavailable(
                    body -> body.contains("Action=CreateRole") && !calls.has("sqs:ChangeMessageVisibility"));
            producer.sendAndAwait(here.created(0), here.enabled(1, "agent-events", STREAM.formatted(home)));

            // Grown beyond its inline policy, in another account, and compared
            producer.sendAndAwait(there.created(0), Bots.enabled(there, 1, 0, Bots.FIT_INLINE));
            for (int more = 0; more < 2; more++) {
                int first = Bots.FIT_INLINE + more;
                producer.sendAndAwait(Bots.enabled(there, 2 + more, first, first + 1));
            }
            reconcile(there);

            // Edited by hand, and repaired
            ManualRoleEdit.of(here.roleName())
                    .trust(ManualRoleEdit.TRUST_IN_EC2)
                    .putPolicy("by-hand", "s3:*")
                    .attachPolicy("s3:*");
            AwsTestClients.PLAIN_IAM.untagRole(
                    r -> r.roleName(here.roleName().value()).tagKeys("linked-role:deployment"));
            AwsTestClients.PLAIN_IAM.deleteRolePermissionsBoundary(
                    r -> r.roleName(here.roleName().value()));
            describe(here);
            reconcile(here);

            // Deleted, though it is in an instance profile
            IamClient iam = AwsTestClients.PLAIN_IAM;
            String profile = here.roleName().value();
            iam.createInstanceProfile(r -> r.instanceProfileName(profile).path(PATH));
            iam.addRoleToInstanceProfile(r -> r.instanceProfileName(profile).roleName(profile));
            asks().get("/api/roles").then().statusCode(200);
            producer.sendAndAwait(here.deleted(20), there.deleted(20));
            awaitCall("iam:GetAccountAuthorizationDetails");
            awaitCall("dynamodb:DeleteItem");
        }

        void serviceLinked() {
            Instance instance = Instance.randomIn(home);
            producer.sendAndAwait(instance.created(0), instance.enabled(1, "agent-events", STREAM.formatted(home)));
            ManualRoleEdit.of(new ServiceLinkedRole(instance).name()).putPolicy("by-hand", "s3:*");
            describe(instance);
            reconcile(instance);

            // A name that is taken is looked for
            Instance taken = Instance.randomIn(home);
            new ServiceLinkedRole(taken).make("by hand");
            producer.sendAndAwait(taken.created(0));
            awaitCall("iam:ListRoles");
            producer.sendAndAwait(instance.deleted(9));
        }

        private void describe(Instance instance) {
            asks().config(RestAssured.config()
                            .encoderConfig(
                                    EncoderConfig.encoderConfig().encodeContentTypeAs(MERGE_PATCH, ContentType.TEXT)))
                    .contentType(MERGE_PATCH)
                    .body("{\"description\": \"Described by an operator\"}")
                    .patch("/api/roles/" + instance.id())
                    .then()
                    .statusCode(200);
        }

        private void reconcile(Instance instance) {
            asks().post("/api/roles/" + instance.id() + "/reconcile").then().statusCode(200);
        }

        private RequestSpecification asks() {
            return Operator.asks(service.api());
        }

        private void awaitCall(String action) {
            await(action).atMost(TestTimeout.LONGEST).until(() -> calls.has(action));
        }
    }
}
