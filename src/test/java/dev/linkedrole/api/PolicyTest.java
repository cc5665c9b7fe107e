package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** Desired policies of a role, compared with those in IAM. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class PolicyTest {

    private static final String ADMIN =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    @Inject
    Producer producer;

    @Inject
    IamClient iam;

    private final Instance instance = Instance.random();

    @Test
    void the_desired_policies_are_told_without_asking_iam() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "outbound-campaigns"));

        // Then
        get("").statusCode(200)
                .body("roleName", equalTo(instance.roleName().value()))
                .body("wanted.trust.Statement[0].Principal.Service", equalTo("connect.amazonaws.com"))
                .body(
                        "wanted.permissions.'linked-role'.Statement.Sid",
                        contains("Connect", "LexList", "Metrics", "OutboundCampaigns"))
                .body("actual", nullValue())
                .body("difference", nullValue());
    }

    @Test
    void a_role_as_it_has_to_be_does_not_differ() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        JsonPath policies = get("?actual=true").statusCode(200).extract().jsonPath();

        // Then
        assertThat(policies.getBoolean("exists")).isTrue();
        assertThat(policies.<Object>get("actual")).isEqualTo(policies.get("wanted"));
        assertThat(policies.getList("difference.policy")).containsExactly("trust", "linked-role");
        assertThat(policies.getList("difference.equal")).containsExactly(true, true);
    }

    @Test
    void what_was_changed_by_hand_is_told_statement_by_statement() {
        // Given
        producer.sendAndAwait(instance.created(0));
        String role = instance.roleName().value();
        String managed = iam.createPolicy(
                        r -> r.policyName("by-hand-" + instance.id()).policyDocument(ADMIN))
                .policy()
                .arn();
        iam.attachRolePolicy(r -> r.roleName(role).policyArn(managed));
        iam.putRolePolicy(r -> r.roleName(role).policyName("linked-role").policyDocument(ADMIN));

        // Then
        get("?actual=true")
                .statusCode(200)
                .body("difference.find { it.policy == 'trust' }.equal", equalTo(true))
                .body("difference.find { it.policy == 'linked-role' }.equal", equalTo(false))
                .body("difference.find { it.policy == 'linked-role' }.onlyWanted.Sid", hasItem("Connect"))
                .body("difference.find { it.policy == 'linked-role' }.onlyActual.Action", contains("*"))
                .body("difference.find { it.policy == '" + managed + "' }.onlyActual.Action", contains("*"))
                .body("actual.permissions.'" + managed + "'.Statement.Action", equalTo("*"));
    }

    @Test
    void a_role_that_was_deleted_by_hand_is_told_to_be_missing() {
        // Given
        producer.sendAndAwait(instance.created(0));
        String role = instance.roleName().value();
        iam.deleteRolePolicy(r -> r.roleName(role).policyName("linked-role"));
        iam.deleteRole(r -> r.roleName(role));

        // Then
        get("?actual=true")
                .statusCode(200)
                .body("exists", equalTo(false))
                .body("actual", nullValue())
                .body("difference.equal", contains(false, false));
    }

    @Test
    void a_deleted_instance_has_no_desired_policies() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.deleted(1));

        // Then
        get("?actual=true")
                .statusCode(200)
                .body("wanted", nullValue())
                .body("exists", equalTo(false))
                .body("difference.size()", equalTo(0));
    }

    @Test
    void an_instance_that_nobody_knows_is_not_found() {
        get("").statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString(instance.id().value()));
    }

    private ValidatableResponse get(String query) {
        return Operator.asks()
                .when()
                .get("/api/roles/" + instance.id() + "/policy" + query)
                .then();
    }
}
