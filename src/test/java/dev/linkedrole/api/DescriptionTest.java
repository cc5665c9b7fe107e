package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of the description, the only part of a role that operators may edit. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class DescriptionTest {

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final String DEFAULT = "Grants Amazon Connect permission to access AWS resources on your behalf.";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void it_is_edited_in_iam_and_recorded() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        describe("Ol\u00E9! Ours.")
                .statusCode(200)
                .body("description", equalTo("Ol\u00E9! Ours."))
                .body("revision", equalTo(2))
                .body("appliedRevision", equalTo(2));

        // Then
        assertThat(description()).isEqualTo("Ol\u00E9! Ours.");
        Operator.asks()
                .get("/api/roles/" + instance.id() + "/history")
                .then()
                .body("type", contains("instance-created", "description-edited"))
                .body("[1].description", equalTo("Ol\u00E9! Ours."))
                .body("[1].effect", equalTo("changed"))
                .body("[1].applied", contains("set the description"));
    }

    @Test
    void it_survives_whatever_else_happens_to_the_role() {
        // Given
        producer.sendAndAwait(instance.created(0));
        describe("Ours.").statusCode(200);

        // When
        ManualRoleEdit.of(instance.roleName()).describe("by hand").putPolicy("by-hand", "sqs:*");
        producer.sendAndAwait(instance.enabled(1, "outbound-campaigns"), instance.created(2));
        reconcile();

        // Then
        assertThat(description()).isEqualTo("Ours.");

        // And even when the role is made again
        ManualRoleEdit.of(instance.roleName()).remove();
        reconcile();
        assertThat(description()).isEqualTo("Ours.");
    }

    @Test
    void what_was_edited_in_iam_stays_as_long_as_nothing_was_said_here() {
        // Given
        producer.sendAndAwait(instance.created(0));
        assertThat(description()).isEqualTo(DEFAULT);

        // When
        ManualRoleEdit.of(instance.roleName()).describe("by hand").putPolicy("by-hand", "sqs:*");
        reconcile();

        // Then
        assertThat(description()).isEqualTo("by hand");
        Operator.asks().get("/api/roles/" + instance.id()).then().body("description", nullValue());
    }

    @Test
    void the_last_word_is_heard() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        describe("one").statusCode(200);
        describe("another").statusCode(200);
        describe("one").statusCode(200);

        // Then
        assertThat(description()).isEqualTo("one");
    }

    @Test
    void saying_it_again_records_nothing() {
        // Given
        producer.sendAndAwait(instance.created(0));
        describe("Ours.").statusCode(200);

        // Then
        describe("Ours.").statusCode(200).body("revision", equalTo(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"description": null} | ''
            {"description": ""}   | ''
            """)
    void it_may_be_emptied(String patch, String description) {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        patch(patch).statusCode(200).body("description", equalTo(description));

        // Then
        assertThat(iam.find(instance.roleName()).map(IamReader.FoundRole::description))
                .hasValue(description);
    }

    @Test
    void a_patch_of_nothing_changes_nothing() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // Then
        patch("{}").statusCode(200).body("revision", equalTo(1));
    }

    @Test
    void what_is_said_before_the_instance_is_announced_holds_once_it_is() {
        // Given
        producer.sendAndAwait(instance.enabled(0, "outbound-campaigns"));
        describe("Ours.").statusCode(200);
        assertThat(iam.exists(instance.roleName())).isFalse();

        // When
        producer.sendAndAwait(instance.created(1));

        // Then
        assertThat(description()).isEqualTo("Ours.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"roleName": "Mine"}                       | roleName cannot be edited
            {"description": "a", "alias": "b"}         | alias cannot be edited
            {"lifecycle": "deleted"}                   | name never changes
            {"description": 1}                         | description must be a string
            {"description": "\\u20ac"}                 | Latin-1
            []                                         | JSON object
            {                                          | JSON
            """)
    void anything_else_is_a_problem_that_names_it(String patch, String named) {
        // Given
        producer.sendAndAwait(instance.created(0));

        // Then
        patch(patch).statusCode(400).contentType("application/problem+json").body("detail", containsString(named));
        Operator.asks().get("/api/roles/" + instance.id()).then().body("revision", equalTo(1));
    }

    @Test
    void one_that_is_too_long_is_a_problem() {
        describe("x".repeat(1001)).statusCode(400).body("detail", containsString("1000"));
    }

    @Test
    void an_instance_that_nobody_knows_is_not_found() {
        describe("Ours.").statusCode(404).contentType("application/problem+json");
        patch("{}").statusCode(404).contentType("application/problem+json");
    }

    @Test
    void the_role_of_a_deleted_instance_cannot_be_described() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.deleted(1));

        // Then
        describe("Ours.").statusCode(409).contentType("application/problem+json");
    }

    @Test
    void a_patch_of_another_kind_is_of_an_unsupported_type() {
        Operator.asks()
                .contentType(ContentType.XML)
                .body("<description/>")
                .when()
                .patch("/api/roles/" + instance.id())
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    private String description() {
        return iam.get(instance.roleName()).description();
    }

    private void reconcile() {
        Operator.asks()
                .when()
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse describe(String description) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body(Map.of("description", description))
                .when()
                .patch("/api/roles/" + instance.id())
                .then();
    }

    /** Sends a patch unchanged. */
    private ValidatableResponse patch(String patch) {
        return Operator.asks()
                .config(RestAssuredConfig.config()
                        .encoderConfig(
                                EncoderConfig.encoderConfig().encodeContentTypeAs(MERGE_PATCH, ContentType.TEXT)))
                .contentType(MERGE_PATCH)
                .body(patch)
                .when()
                .patch("/api/roles/" + instance.id())
                .then();
    }
}
