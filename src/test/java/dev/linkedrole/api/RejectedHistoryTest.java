package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Envelopes;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.Inbox;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A rejected message is in the history of its instance. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class RejectedHistoryTest {

    @Inject
    Producer producer;

    private final Instance instance = Instance.random();
    private final RoleEvent bad = instance.enabled(1, "telepathy", "arn:aws:s3:::acme-recordings");

    @Test
    void a_rejected_message_is_in_the_history_of_its_instance() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        reject();

        // Then
        history()
                .statusCode(200)
                .body("effect", contains("changed", "refused"))
                .body("[1].id", equalTo(bad.eventId().id()))
                .body("[1].source", equalTo(bad.eventId().source()))
                .body("[1].type", equalTo("feature-enabled"))
                .body("[1].reason", equalTo("unknown-feature"))
                .body("[1].detail", containsString("telepathy"))
                .body("[1].revision", equalTo(1));

        // And it comes page by page, with the address of the next page
        String next = Operator.asks()
                .get("/api/roles/" + instance.id() + "/history?limit=1")
                .then()
                .statusCode(200)
                .body("effect", contains("changed"))
                .extract()
                .header("Link");
        assertThat(next)
                .startsWith("</api/roles/" + instance.id() + "/history?")
                .endsWith(">; rel=\"next\"");
        Operator.asks()
                .get(next.substring(1, next.indexOf('>')))
                .then()
                .statusCode(200)
                .header("Link", nullValue())
                .body("effect", contains("refused"));
        Operator.asks()
                .get("/api/roles/" + instance.id() + "/history?limit=1001")
                .then()
                .statusCode(400);
    }

    @Test
    void a_rejected_message_makes_no_instance_known() {
        // When
        reject();

        // Then
        history().statusCode(404);
    }

    private void reject() {
        String body = Envelopes.CLOUD_EVENT.wrap(bad).toString();
        producer.send(body, Inbox.FEATURE_ENABLED, instance.id().value());
        producer.awaitDeadLetter(Inbox.FEATURE_ENABLED, body);
    }

    private ValidatableResponse history() {
        return Operator.asks().get("/api/roles/" + instance.id() + "/history").then();
    }
}
