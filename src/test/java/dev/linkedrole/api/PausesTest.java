package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses, requested and ended by an operator. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class PausesTest {

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();
    private final String scope = "role/" + instance.id();
    private final Instant until = Instant.now().plus(Duration.ofHours(1));

    @Test
    void a_paused_role_says_so_and_is_left_alone_until_an_operator_ends_it() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        put(scope, Map.of("reason", "an audit", "until", until.toString()))
                .statusCode(200)
                .body("scope", equalTo(scope))
                .body("caller", equalTo("operator"))
                .body("until", equalTo(until.toString()));
        producer.sendAndAwait(instance.enabled(1, "outbound-campaigns"));

        // Then
        Operator.asks()
                .get("/api/roles/" + instance.id())
                .then()
                .body("conditions.type", hasItem("Paused"))
                .body("conditions.detail", hasItem(containsString("an audit")))
                .body("revision", equalTo(2))
                .body("appliedRevision", equalTo(1));
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(ContractTable.BASE);
        Operator.asks().get("/api/pauses").then().body("scope", hasItem(scope));

        // And after the end
        delete(scope).statusCode(200).body("reason", equalTo("an audit"));
        Operator.asks()
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then()
                .body("outcome", equalTo("in-force"))
                .body("steps", hasItem("put the inline policy linked-role"));
        Operator.asks().get("/api/roles/" + instance.id()).then().body("conditions", empty());
        Operator.asks().get("/api/pauses").then().body("scope", not(hasItem(scope)));
        delete(scope).statusCode(404).contentType("application/problem+json");
    }

    @Test
    void an_account_is_paused_by_its_id() {
        // Given
        String account = "account/999988887777";

        // Then
        put(account, Map.of("reason", "theirs is broken", "until", until.toString()))
                .statusCode(200);
        delete(account).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                {"until":"2026-12-24T18:00:00Z"}                  | reason is missing
                {"reason":"x"}                                    | until is missing
                {"reason":"x","until":"tomorrow"}                 | until must be a time
                {"reason":"x","until":"2001-01-01T00:00:00Z"}     | until must be after now
                {"reason":"x","until":"2999-01-01T00:00:00Z"}     | at most 31 days later
                {"reason":" ","until":"2026-12-24T18:00:00Z"}     | reason must be one line
                []                                                | JSON object
                """)
    void a_fault_of_the_body_is_named(String body, String fault) {
        put("all", body).statusCode(400).body("detail", containsString(fault));
    }

    @Test
    void a_scope_that_there_is_not_is_named() {
        put("account/12", Map.of("reason", "x", "until", until.toString()))
                .statusCode(400)
                .body("detail", containsString("12 digits"));
        put("role/" + Instance.random().id(), Map.of("reason", "x", "until", until.toString()))
                .statusCode(404);
        put("everything", Map.of("reason", "x", "until", until.toString())).statusCode(404);
        delete("all").statusCode(404);
    }

    private static ValidatableResponse put(String scope, Object body) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body(body)
                .put("/api/pauses/" + scope)
                .then();
    }

    private static ValidatableResponse delete(String scope) {
        return Operator.asks().delete("/api/pauses/" + scope).then();
    }
}
