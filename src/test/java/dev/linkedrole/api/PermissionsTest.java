package dev.linkedrole.api;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * "Checking a service-linked role has permissions for Amazon Lex": by the policies in IAM, compared with the record.
 */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class PermissionsTest {

    private static final String BOT = "arn:aws:lex:us-west-2:111122223333:bot:OrderFlowers";
    private static final String DELETE_BOTS = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
            + "\"Action\":\"lex:DeleteBot\",\"Resource\":\"*\"}}";

    @Inject
    Producer producer;

    @Inject
    IamClient iam;

    private final Instance instance = Instance.random();

    @Test
    void a_role_with_a_bot_has_just_the_permissions_for_it() {
        // Given
        producer.sendAndAwait(
                instance.created(0), instance.enabled(1, "lex-bots", BOT), instance.enabled(1, "outbound-campaigns"));

        // Then
        get("?service=lex")
                .statusCode(200)
                .body("service", equalTo("lex"))
                .body("exists", equalTo(true))
                .body("permissions.action", containsInAnyOrder("lex:ListBotAliases", "lex:ListBots", "lex:PostContent"))
                .body("permissions.find { it.action == 'lex:PostContent' }.resource", equalTo(BOT + ":*"))
                .body("difference.missing.size()", equalTo(0))
                .body("difference.extra.size()", equalTo(0));
    }

    @Test
    void what_was_taken_away_by_hand_is_missing_and_what_was_given_is_extra() {
        // Given
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "lex-bots", BOT));
        String role = instance.roleName().value();
        String managed = iam.createPolicy(
                        r -> r.policyName("by-hand-" + instance.id()).policyDocument(DELETE_BOTS))
                .policy()
                .arn();
        iam.attachRolePolicy(r -> r.roleName(role).policyArn(managed));
        iam.deleteRolePolicy(r -> r.roleName(role).policyName("linked-role"));

        // Then
        get("?service=LEX")
                .statusCode(200)
                .body("permissions.action", contains("lex:DeleteBot"))
                .body(
                        "difference.missing.action",
                        containsInAnyOrder("lex:ListBotAliases", "lex:ListBots", "lex:PostContent"))
                .body("difference.extra.action", contains("lex:DeleteBot"));
    }

    @Test
    void conditions_are_told() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // Then
        get("?service=cloudwatch")
                .statusCode(200)
                .body("permissions.action", contains("cloudwatch:PutMetricData"))
                .body("permissions[0].conditions.StringEquals.'cloudwatch:namespace'", contains("AWS/Connect"));
    }

    @Test
    void a_role_that_is_not_there_has_no_permissions_and_misses_all() {
        // Given
        producer.sendAndAwait(instance.created(0));
        String role = instance.roleName().value();
        iam.deleteRolePolicy(r -> r.roleName(role).policyName("linked-role"));
        iam.deleteRole(r -> r.roleName(role));

        // Then
        get("?service=lex")
                .statusCode(200)
                .body("exists", equalTo(false))
                .body("permissions.size()", equalTo(0))
                .body("difference.missing.size()", equalTo(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?service=", "?service=lex:PostContent", "?service=*"})
    void without_a_service_it_is_a_problem_that_names_it(String query) {
        get(query).statusCode(400).contentType("application/problem+json").body("detail", containsString("service"));
    }

    @Test
    void an_instance_that_nobody_knows_is_not_found() {
        get("?service=lex").statusCode(404).contentType("application/problem+json");
    }

    private ValidatableResponse get(String query) {
        return Operator.asks()
                .when()
                .get("/api/roles/" + instance.id() + "/permissions" + query)
                .then();
    }
}
