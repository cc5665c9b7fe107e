package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import dev.linkedrole.testing.iam.Permission;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Creation of roles by an operator: for instances without an event, and for roles deleted by hand. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class CreateTest {

    private static final String BUCKET = "arn:aws:s3:::acme-recordings";

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void an_instance_that_never_announced_itself_gets_its_role() {
        // When
        create(Map.of("instanceArn", instance.arn().toString(), "alias", "acme-old"))
                .statusCode(201)
                .header("Location", endsWith("/api/roles/" + instance.id()))
                .body("lifecycle", equalTo("live"))
                .body("alias", equalTo("acme-old"))
                .body("revision", equalTo(1))
                .body("appliedRevision", equalTo(1))
                .body("conditions", hasSize(0));

        // Then
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(ContractTable.BASE);

        // And its history says where it came from
        Operator.asks()
                .get("/api/roles/" + instance.id() + "/history")
                .then()
                .body("type", contains("instance-created"))
                .body("source", contains("linked-role-controller/api"))
                .body("[0].granted", hasItem("base"));
    }

    @Test
    void features_enabled_before_are_granted_with_it() {
        // Given
        producer.sendAndAwait(instance.enabled(0, "call-recordings", BUCKET));

        // When
        create().statusCode(201).body("features.call-recordings", contains(BUCKET));

        // Then
        assertThat(iam.get(instance.roleName()).permissions()).contains(Permission.of("s3:GetObject", BUCKET + "/*"));
    }

    @Test
    void repeating_it_changes_nothing() {
        // Given
        create().statusCode(201);
        FoundRole before = iam.get(instance.roleName());

        // When
        create().statusCode(200).body("revision", equalTo(1));

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(before);
        Operator.asks().get("/api/roles/" + instance.id() + "/history").then().body("id", hasSize(1));
    }

    @Test
    void an_instance_that_announced_itself_stays_as_it_is() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // Then
        create(Map.of("instanceArn", instance.arn().toString(), "alias", "another"))
                .statusCode(200)
                .body("alias", equalTo("acme-support"))
                .body("revision", equalTo(1));
    }

    @Test
    void a_role_that_was_deleted_by_hand_comes_back_with_all_it_had() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "call-recordings", BUCKET));
        FoundRole before = iam.get(instance.roleName());
        ManualRoleEdit.of(instance.roleName()).remove();

        // When
        create().statusCode(200).body("conditions", hasSize(0));

        // Then
        FoundRole after = iam.get(instance.roleName());
        assertThat(after.inlinePolicies()).isEqualTo(before.inlinePolicies());
        assertThat(after.tags()).isEqualTo(before.tags());
        assertThat(after.id()).isNotEqualTo(before.id());
    }

    @Test
    void the_role_of_a_deleted_instance_is_not_made_again() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.deleted(1));

        // When
        create().statusCode(409)
                .contentType("application/problem+json")
                .body("status", equalTo(409))
                .body("detail", containsString("deleted"));

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void an_id_that_is_known_with_another_arn_is_a_conflict() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // Then
        create(Map.of("instanceArn", instance.arn().toString().replace("us-west-2", "eu-west-2")))
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString(instance.arn().toString()));
    }

    @Test
    void a_name_that_is_taken_is_told_and_the_role_is_left_alone() {
        // Given
        ManualRoleEdit.of(instance.roleName()).make(Map.of("team", "billing"));
        FoundRole foreign = iam.get(instance.roleName());

        // When
        create().statusCode(201)
                .body("conditions.type", contains("RoleNameTaken"))
                .body("appliedRevision", equalTo(0));

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(foreign);
    }

    @Test
    void the_arn_must_be_of_the_instance_in_the_path() {
        create(Map.of("instanceArn", Instance.random().arn().toString()))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(instance.id().value()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                              | body
            [1]                                             | body
            {"instanceArn":                                 | body must be JSON
            {"alias": "a"}                                  | instanceArn is missing
            {"instanceArn": null}                           | instanceArn is missing
            {"instanceArn": 1}                              | instanceArn must be a string
            {"instanceArn": "x"}                            | instanceArn is wrong
            {"instanceArn": "a", "instanceArn": "b"}        | instanceArn
            """)
    void a_body_that_is_not_what_it_has_to_be_is_a_problem_that_says_why(String body, String named) {
        Operator.asks()
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post("/api/roles/" + instance.id())
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(named));
    }

    @Test
    void an_instance_of_another_service_is_rejected() {
        create(Map.of("instanceArn", instance.arn().toString().replace(":connect:", ":chime:")))
                .statusCode(400)
                .body("detail", containsString("service connect"));
    }

    @Test
    void a_body_that_is_no_json_at_all_is_of_an_unsupported_type() {
        Operator.asks()
                .contentType(ContentType.XML)
                .body("<role/>")
                .when()
                .post("/api/roles/" + instance.id())
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("status", equalTo(415));
    }

    private ValidatableResponse create() {
        return create(Map.of("instanceArn", instance.arn().toString()));
    }

    private ValidatableResponse create(Map<String, String> body) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post("/api/roles/" + instance.id())
                .then();
    }
}
