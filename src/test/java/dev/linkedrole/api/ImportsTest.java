package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.connectmodel.ConnectServer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.ModelRequest;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Imports through the API: from a model of Amazon Connect to roles in a local AWS. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class ImportsTest {

    private static final String ENDPOINT = "aws.endpointUrlConnect";
    private static final ModelConnect CONNECT = new ModelConnect(InstantSource.system());
    private static Optional<ConnectServer> server = Optional.empty();

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    /** The service looks an endpoint up at the first call in a region. */
    @BeforeAll
    static void start() {
        server = Optional.of(ConnectServer.start(request -> CONNECT.answer(inAccount(request))));
        System.setProperty(ENDPOINT, server.get().uri().toString());
    }

    @AfterAll
    static void stop() {
        System.clearProperty(ENDPOINT);
        server.ifPresent(ConnectServer::close);
    }

    /** The local AWS has one credential for all accounts, and the model tells accounts by theirs. */
    private static ModelRequest inAccount(ModelRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        headers.computeIfPresent(
                "authorization",
                (name, value) -> value.replaceFirst(
                        "Credential=[^/]+/", "Credential=" + ModelConnect.accessKey(Instance.ACCOUNT) + "/"));
        return new ModelRequest(request.method(), request.path(), request.query(), headers);
    }

    @Test
    void an_instance_gets_its_role_and_the_import_tells_what_it_did() {
        // Given
        String region = "eu-west-1";
        Instance instance = Instance.randomIn("aws", region);
        CONNECT.add(new ModelInstance(instance.arn())
                .storingInBucket("CALL_RECORDINGS", "recordings", "calls")
                .attribute("CONTACTFLOW_LOGS", "false")
                .attribute("HIGH_VOLUME_OUTBOUND", "false"));

        // When
        String dry = id(request("[\"" + region + "\"]", true));
        JsonPath would = awaitEnd(dry);
        assertThat(recorded(instance)).isEqualTo(404);
        String real = id(request("[\"" + region + "\"]", false));
        JsonPath did = awaitEnd(real);

        // Then
        for (JsonPath told : List.of(would, did)) {
            assertThat(told.getString("state")).isEqualTo("done");
            assertThat(told.getMap("progress"))
                    .isEqualTo(Map.of("found", 1, "read", 1, "differing", 1, "events", 2, "unread", 0));
            assertThat(told.getString("locations[0].state")).isEqualTo("done");
            assertThat(told.getString("findings[0].instance"))
                    .isEqualTo(instance.arn().toString());
            assertThat(told.getList("findings[0].events"))
                    .contains("feature-enabled call-recordings arn:aws:s3:::recordings/calls");
            assertThat(told.getString("estimate")).isEqualTo("PT0S");
        }
        assertThat(recorded(instance)).isEqualTo(200);
        assertThat(iam.get(instance.roleName()).permissions()).containsAll(ContractTable.BASE);

        // And both are listed, the newest first
        Operator.asks()
                .get("/api/imports")
                .then()
                .statusCode(200)
                .body("imports.id.indexOf('" + dry + "')", greaterThan(0))
                .body("imports.find { it.id == '" + dry + "' }.dryRun", equalTo(true))
                .body("imports.id", hasItem(real))
                .body("comparison", nullValue());
    }

    @Test
    void a_comparison_names_instances_without_role_and_roles_without_instance() {
        // Given
        String region = "ap-southeast-2";
        Instance without = Instance.randomIn("aws", region);
        Instance both = Instance.randomIn("aws", region);
        Instance gone = Instance.randomIn("aws", region);
        CONNECT.add(new ModelInstance(without.arn()));
        CONNECT.add(new ModelInstance(both.arn()));
        producer.sendAndAwait(both.created(0), gone.created(0));

        // Then
        Operator.asks()
                .queryParam("compare", "true")
                .queryParam("account", Instance.ACCOUNT)
                .queryParam("region", region)
                .get("/api/imports")
                .then()
                .statusCode(200)
                .body(
                        "comparison.instancesWithoutRole",
                        equalTo(List.of(without.arn().toString())))
                .body(
                        "comparison.rolesWithoutInstance",
                        equalTo(List.of(gone.arn().toString())))
                .body("comparison.unfinished.size()", equalTo(0))
                .body("imports", nullValue());
        assertThat(recorded(without)).isEqualTo(404);
    }

    @Test
    void the_command_shows_an_import_until_it_ends() {
        // Given
        String region = "sa-east-1";
        Instance instance = Instance.randomIn("aws", region);
        CONNECT.add(new ModelInstance(instance.arn())
                .attribute("CONTACTFLOW_LOGS", "false")
                .attribute("HIGH_VOLUME_OUTBOUND", "true"));

        // When
        String output = command(region, "yes");

        // Then
        assertThat(output).contains("== import ", ", a dry run", "1 of 1 instances, 1 differ, ", "== done: ");
        assertThat(recorded(instance)).isEqualTo(404);

        // And when it records
        assertThat(command(region, "")).contains("== done: ").doesNotContain("a dry run");
        assertThat(recorded(instance)).isEqualTo(200);
    }

    @Test
    void the_command_fails_with_the_reason_of_the_service() {
        assertThatThrownBy(() -> command("atlantis", "")).hasMessageContainingAll("ended with 1", "unlike", "atlantis");
    }

    private static String command(String region, String dryRun) {
        return Commands.run(
                List.of("deploy/import"),
                Map.of(
                        "URL",
                        "http://localhost:" + RestAssured.port,
                        "ACCOUNTS",
                        Instance.ACCOUNT,
                        "REGIONS",
                        region,
                        "DRY_RUN",
                        dryRun,
                        "POLL_SECONDS",
                        "0.2",
                        "LINKED_ROLE_API_TOKEN",
                        Operator.TOKEN));
    }

    @Test
    void a_request_that_is_not_what_it_has_to_be_is_a_problem() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "{\"accounts\":[\"12\"],\"regions\":[\"us-west-2\"]}", "twelve digits",
                        "{\"accounts\":[\"111122223333\"],\"regions\":[\"west\"]}", "us-west-2",
                        "{\"accounts\":[\"111122223333\"]}", "regions is missing",
                        "{\"accounts\":\"111122223333\"}", "accounts must be a list",
                        "{\"accounts\":[1]}", "accounts must be a list",
                        "{\"regions\":[\"us-west-2\"],\"dryRun\":1}", "dryRun must be")
                .entrySet()) {
            Operator.asks()
                    .contentType(ContentType.JSON)
                    .body(wrong.getKey())
                    .post("/api/imports")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("detail", containsString(wrong.getValue()));
        }
    }

    @Test
    void a_parameter_that_is_not_what_it_has_to_be_is_a_problem() {
        Operator.asks().get("/api/imports?compare=perhaps").then().statusCode(400);
        Operator.asks().get("/api/imports?compare=true&account=1").then().statusCode(400);
        Operator.asks().get("/api/imports/none?after=%25").then().statusCode(400);
        Operator.asks()
                .get("/api/imports/none")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no import"));
    }

    private static ValidatableResponse request(String regions, boolean dryRun) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body("{\"accounts\":[\"" + Instance.ACCOUNT + "\"],\"regions\":" + regions + ",\"dryRun\":" + dryRun
                        + "}")
                .post("/api/imports")
                .then()
                .statusCode(202)
                .body("state", equalTo("running"))
                .body("estimate", nullValue())
                .body("estimatePerInstance", notNullValue())
                .body("dryRun", equalTo(dryRun))
                .body("id", not(equalTo("")));
    }

    private static String id(ValidatableResponse accepted) {
        String id = accepted.extract().path("id");
        accepted.header("Location", endsWith("/api/imports/" + id));
        return id;
    }

    private static JsonPath awaitEnd(String id) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () -> Operator.asks()
                                .get("/api/imports/" + id)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        told -> !told.getString("state").equals("running"));
    }

    private static int recorded(Instance instance) {
        return Operator.asks().get("/api/roles/" + instance.id()).statusCode();
    }
}
