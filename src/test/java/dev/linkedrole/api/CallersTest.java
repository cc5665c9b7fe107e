package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Authentication of the API, and its answers to unauthorized calls. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class CallersTest {

    private static final String NOBODY = "/api/roles/00000000-0000-0000-0000-000000000000";

    @Test
    void a_token_opens_the_api_as_a_password_does() {
        // When, then
        RestAssured.given()
                .header("Authorization", "Bearer " + Operator.TOKEN)
                .get("/api/features")
                .then()
                .statusCode(200);
        Operator.asks().get("/api/features").then().statusCode(200);
    }

    @Test
    void without_either_a_caller_is_told_what_is_needed() {
        isUnauthorized(RestAssured.given());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer wrong", "bearer a-token-of-the-test", "Basic nonsense"})
    void a_wrong_credential_is_answered_like_none(String authorization) {
        isUnauthorized(RestAssured.given().header("Authorization", authorization));
    }

    @Test
    void a_wrong_password_is_answered_like_none() {
        isUnauthorized(RestAssured.given().auth().preemptive().basic(Operator.USER, "wrong"));
    }

    @Test
    void the_right_password_under_another_name_is_answered_like_none() {
        isUnauthorized(RestAssured.given().auth().preemptive().basic("somebody", Operator.PASSWORD));
    }

    private static void isUnauthorized(RequestSpecification caller) {
        ValidatableResponse answer = caller.get("/api/features").then();
        isProblem(answer, 401).body("detail", containsString("token"));
        answer.header("WWW-Authenticate", containsString("Basic")).header("WWW-Authenticate", containsString("Bearer"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing-of-the-kind, 404",
        "GET, " + NOBODY + ", 404",
        "GET, /api/roles/not-a-uuid, 400",
        "GET, /api/roles?limit=0, 400",
        "GET, /api/roles?status=lost, 400",
        "GET, " + NOBODY + "/policy?actual=yes, 400",
        "DELETE, /api/features, 405",
    })
    void what_cannot_be_answered_is_a_problem(String method, String path, int status) {
        isProblem(Operator.asks().request(method, path).then(), status);
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/roles, GET",
        "POST, /api/features, GET",
        "DELETE, " + NOBODY + ", 'GET, PATCH, POST'",
        "PUT, " + NOBODY + "/history, GET",
        "DELETE, " + NOBODY + "/policy, GET",
        "PATCH, " + NOBODY + "/permissions, GET",
        "GET, " + NOBODY + "/reconcile, POST",
    })
    void a_method_that_a_path_has_not_is_told_from_a_path_that_is_not_there(
            String method, String path, String allowed) {
        isProblem(Operator.asks().request(method, path).then(), 405).header("Allow", equalTo(allowed));
    }

    @Test
    void a_body_that_is_too_large_is_a_problem() {
        isProblem(
                        Operator.asks()
                                .contentType("application/json")
                                .body(new byte[10 * 1024 * 1024 + 1])
                                .post(NOBODY)
                                .then(),
                        413)
                .body("detail", containsString("10485760 bytes"));
    }

    @ParameterizedTest
    @CsvSource({"POST, application/json", "PATCH, application/merge-patch+json"})
    void a_body_that_does_not_say_how_large_it_is_and_is_too_large_is_a_problem(String method, String type)
            throws IOException {
        // When
        HttpResponse<String> answer = sendChunked(method, type, " ".repeat(10 * 1024 * 1024 + 1));

        // Then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"status\":413", "the body must have at most 10485760 bytes");
    }

    @Test
    void a_body_that_does_not_say_how_large_it_is_may_be_as_large_as_others() throws IOException {
        // Given one of the greatest length there may be
        String body = " ".repeat(10 * 1024 * 1024 - 2) + "{}";

        // Then it is read
        HttpResponse<String> answer = sendChunked("PATCH", "application/merge-patch+json", body);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("\"status\":404");
    }

    private static HttpResponse<String> sendChunked(String method, String type, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + NOBODY))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Authorization", "Bearer " + Operator.TOKEN)
                .header("Content-Type", type)
                .method(
                        method,
                        BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Test
    void a_body_of_another_type_is_a_problem() {
        isProblem(
                Operator.asks()
                        .contentType("text/plain")
                        .body("hello")
                        .post(NOBODY)
                        .then(),
                415);
    }

    @Test
    void an_answer_of_another_type_is_a_problem() {
        isProblem(Operator.asks().accept("text/csv").get("/api/features").then(), 406);
    }

    private static ValidatableResponse isProblem(ValidatableResponse answer, int status) {
        return answer.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("keySet()", hasItems("type", "title", "status", "detail"));
    }
}
