package dev.linkedrole.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A service that records what it reflects on, and all that it is made to do. */
final class RecordedService implements AutoCloseable {

    private static final String PROBLEM = "application/problem+json";
    private static final String STREAM = "arn:aws:kinesis:us-west-2:%s:stream/one";

    private static final Duration START = Duration.ofMinutes(5);

    private final String name;
    private final AgentJar agent;
    private final OutcomeListener listener;
    private final String home =
            Objects.requireNonNull(AwsTestClients.PLAIN_STS.getCallerIdentity().account());
    private final Deployment deployment = Deployment.provision("VisibilityTimeout=10");
    private final Producer producer = new Producer(AwsTestClients.PLAIN_SQS, deployment);
    private final ServiceProcess service;

    /**
     * @param way how outcomes are published
     */
    RecordedService(String name, AgentJar agent, Way way, Map<String, String> environment) {
        this.name = name;
        this.agent = agent;
        this.listener = OutcomeListener.by(way);
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("LINKED_ROLE_OUTCOMES_TARGET", listener.target());
        variables.put("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
        variables.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        variables.put("LINKED_ROLE_RESYNC_EVERY", "2s");
        variables.put("LINKED_ROLE_API_TOKEN", Operator.TOKEN);
        this.service = ServiceProcess.startOnJvm(agent.options(name), deployment, variables);
    }

    /** Waits until it is ready, which takes twice as long with the recorder. */
    void awaitReady() {
        await("the service to be ready")
                .atMost(START)
                .until(() -> service.readiness().startsWith("200 "));
    }

    /** Creates, grows beyond the inline policy, inspects, describes, repairs and deletes a role of another account. */
    void liveInAnotherAccount() {
        Instance instance = Instance.random();
        producer.sendAndAwait(
                instance.created(0),
                instance.enabled(1, "agent-events", STREAM.formatted(home)),
                Bots.enabled(instance, 1, 0, Bots.FIT_INLINE));
        producer.sendAndAwait(Bots.enabled(instance, 2, Bots.FIT_INLINE, Bots.FIT_INLINE + 2));
        ManualRoleEdit.in(Instance.ACCOUNT, instance.roleName()).putPolicy("by-hand", "s3:*");
        askFor(instance);
        producer.sendAndAwait(instance.disabled(3, "agent-events"));
        deleteAndAwaitOutcome(instance);
    }

    /** Creates, repairs and deletes a service-linked role. */
    void liveServiceLinked() {
        Instance instance = Instance.randomIn(home);
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "agent-events", STREAM.formatted(home)));
        ManualRoleEdit.of(new ServiceLinkedRole(instance).name()).putPolicy("by-hand", "s3:*");
        asks().post(path(instance) + "/reconcile").then().statusCode(200);
        deleteAndAwaitOutcome(instance);
    }

    /** Creates a role by the API and deletes it. */
    void liveByTheApi() {
        Instance instance = Instance.randomIn(home);
        asks().contentType(ContentType.JSON)
                .body(Map.of("instanceArn", instance.arn().toString(), "alias", "acme"))
                .post(path(instance))
                .then()
                .statusCode(201);
        deleteAndAwaitOutcome(instance);
    }

    private void deleteAndAwaitOutcome(Instance instance) {
        producer.sendAndAwait(instance.deleted(9));
        await("the outcome")
                .atMost(TestTimeout.LONGEST)
                .until(() -> listener.heard().stream()
                        .anyMatch(outcome ->
                                outcome.toString().contains(instance.id().value())));
    }

    /** Sends what cannot be accepted to each queue. */
    void reject() {
        for (Inbox inbox : Inbox.values()) {
            for (String body : List.of("not JSON", "{\"specversion\": \"1.0\"}")) {
                producer.send(body, inbox, "any");
                producer.awaitDeadLetter(inbox, body);
            }
        }
    }

    private void askFor(Instance instance) {
        for (String resource : List.of("", "/history", "/policy?actual=true", "/permissions?service=lex")) {
            asks().get(path(instance) + resource).then().statusCode(200);
        }
        asks().post(path(instance) + "/reconcile").then().statusCode(200);
        asks().contentType(ContentType.JSON)
                .body("{\"description\": \"Described by an operator\"}")
                .patch(path(instance))
                .then()
                .statusCode(200);
        asks().queryParam("limit", 1).get("/api/roles").then().statusCode(200);
    }

    /** Asks for all that is no role, rightly and wrongly. */
    void askForEverythingElse() {
        for (String resource : List.of("/api/features", "/api/ledger", "/q/openapi", "/asyncapi.yaml")) {
            asks().accept(ContentType.ANY).get(resource).then().statusCode(200);
        }
        asks().get("/schemas/features.schema.json").then().statusCode(200);
        for (String resource : List.of("q/health", "q/health/live", "q/health/ready", "q/metrics")) {
            RestAssured.get(service.management().resolve(resource)).then().statusCode(200);
        }
        String unknown = path(Instance.random());
        asks().get(unknown).then().statusCode(404).contentType(PROBLEM);
        asks().get("/api/nothing").then().statusCode(404);
        asks().put(unknown).then().statusCode(405).contentType(PROBLEM);
        asks().contentType(ContentType.XML).body("<a/>").post(unknown).then().statusCode(415);
        for (String body : List.of("not JSON", "{}", "[]")) {
            asks().contentType(ContentType.JSON)
                    .body(body)
                    .post(unknown)
                    .then()
                    .statusCode(400)
                    .contentType(PROBLEM);
        }
        asks().contentType(ContentType.JSON)
                .body("{\"table\": \"another\"}")
                .post("/api/ledger/adopt")
                .then()
                .contentType(PROBLEM);
        asks().contentType(ContentType.JSON)
                .body("{\"digest\": \"another\"}")
                .post("/api/plan/release")
                .then()
                .contentType(PROBLEM);
        RestAssured.get(service.api().resolve("/api/roles")).then().statusCode(401);
        RestAssured.given()
                .auth()
                .oauth2(Operator.TOKEN)
                .get(service.api().resolve("/api/roles"))
                .then()
                .statusCode(200);
    }

    /** Stops the service, and returns what it has recorded. */
    List<ReflectiveUse> stop() {
        assertThat(service.terminate()).as(service::log).isZero();
        return agent.recorded(name);
    }

    private RequestSpecification asks() {
        return Operator.asks(service.api());
    }

    private static String path(Instance instance) {
        return "/api/roles/" + instance.id();
    }

    @Override
    public void close() {
        service.close();
        listener.close();
    }
}
