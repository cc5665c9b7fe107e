package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.time.TestTimeout;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dead letters through the API, in queues of a local AWS. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class DeadLettersApiTest {

    @Inject
    Producer producer;

    private final Instance instance = Instance.random();

    @Test
    void a_letter_that_is_still_wrong_comes_back_with_the_time_of_its_redrive() {
        // Given
        RoleEvent bad = instance.enabled(1, "telepathy", "arn:aws:s3:::acme-recordings");
        producer.send(bad);
        Map<String, Object> letter = awaitLetter("unknown-feature");
        assertThat(letter)
                .containsEntry("event", bad.eventId().id())
                .containsEntry("source", bad.eventId().source())
                .containsEntry("type", "feature-enabled")
                .containsEntry("body", Envelopes.CLOUD_EVENT.wrap(bad).toString())
                .containsKeys("id", "queue", "detail", "rejectedAt", "bytes")
                .doesNotContainKey("redrivenAt");

        // When
        String redrivenAt = redrive("{\"messages\": [\"" + letter.get("id") + "\"]}")
                .statusCode(200)
                .body("redriven", equalTo(1))
                .body("queues.size()", equalTo(3))
                .extract()
                .path("redrivenAt");

        // Then
        await("it to come back")
                .atMost(TestTimeout.LONGEST)
                .until(() -> letters("unknown-feature").stream()
                        .anyMatch(again -> redrivenAt.equals(again.get("redrivenAt"))
                                && !Objects.equals(again.get("id"), letter.get("id"))));
    }

    @Test
    void a_letter_whose_fault_is_gone_is_handled_after_its_redrive() {
        // Given messages that SQS has moved, of an instance that is not known yet
        producer.deadLetters(Inbox.INSTANCE_CREATED)
                .send(Envelopes.CLOUD_EVENT.wrap(instance.created(0)).toString(), Map.of(), "any");
        Map<String, Object> letter = awaitLetter("received-too-often");

        // When
        redrive("{\"messages\": [\"" + letter.get("id") + "\"], \"queues\": [\"" + letter.get("queue") + "\"]}")
                .statusCode(200)
                .body("redriven", equalTo(1))
                .body("queues[0].failed", equalTo(0))
                .body("queues[0].complete", equalTo(true));

        // Then
        await("the role")
                .atMost(TestTimeout.LONGEST)
                .until(() -> Operator.asks().get("/api/roles/" + instance.id()).statusCode() == 200);
        assertThat(letters("received-too-often")).isEmpty();
    }

    @Test
    void a_request_that_is_not_what_it_has_to_be_is_a_problem() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "{}", "must choose",
                        "{\"all\": true, \"reasons\": [\"not-json\"]}", "must choose",
                        "{\"reason\": [\"not-json\"], \"all\": true}", "no other",
                        "{\"queues\": [\"elsewhere\"]}", "a queue must be one of",
                        "{\"reasons\": [\"All!\"]}", "a reason must be",
                        "{\"messages\": \"1\"}", "messages must be a list")
                .entrySet()) {
            redrive(wrong.getKey())
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("detail", containsString(wrong.getValue()));
        }
        Operator.asks().get("/api/dead-letters?limit=1001").then().statusCode(400);
        Operator.asks().delete("/api/dead-letters").then().statusCode(405).header("Allow", equalTo("GET"));
    }

    private Map<String, Object> awaitLetter(String reason) {
        return await("the letter")
                .atMost(TestTimeout.LONGEST)
                .until(() -> letters(reason), found -> found.size() == 1)
                .getFirst();
    }

    /** Lists the letters of this test's instance. */
    private List<Map<String, Object>> letters(String reason) {
        JsonPath page = Operator.asks()
                .queryParam("reason", reason)
                .get("/api/dead-letters")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        List<Map<String, Object>> letters = page.getList("groups.letters.flatten()");
        return letters.stream()
                .filter(letter -> instance.id().value().equals(letter.get("instance")))
                .toList();
    }

    private static ValidatableResponse redrive(String body) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/dead-letters/redrive")
                .then();
    }
}
