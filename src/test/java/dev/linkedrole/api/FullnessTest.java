package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.Bots;
import dev.linkedrole.testing.iam.EnforcedLimits;
import dev.linkedrole.testing.iam.IamReader;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

/** Policy sizes in the API, also of a role with several policies. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class FullnessTest {

    private static final int FULL = Bots.FIT_INLINE;

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    @Inject
    IamClient iamClient;

    private final Instance instance = Instance.random();

    @Test
    void a_role_shows_each_policy_with_its_size_and_limit() {
        // Given
        overflow();

        // When
        JsonPath role = get("").statusCode(200).extract().jsonPath();

        // Then it is what IAM has
        String inline = iam.get(instance.roleName())
                .inlinePolicies()
                .values()
                .iterator()
                .next();
        String arn = iam.get(instance.roleName()).attachedPolicies().first();
        assertThat(role.getInt("policies.count")).isEqualTo(2);
        assertThat(role.getInt("policies.limit")).isEqualTo(11);
        assertThat(role.getInt("policies.characterLimit")).isEqualTo(10_240 + 10 * 6_144);
        assertThat(role.getList("policies.each.place")).containsExactly("inline", "managed");
        assertThat(role.getList("policies.each.name")).containsExactly("linked-role", instance.roleName() + "-1");
        assertThat(role.getList("policies.each.arn")).containsExactly(null, arn);
        assertThat(role.getList("policies.each.limit")).containsExactly(10_240, 6_144);
        assertThat(role.getList("policies.each.characters"))
                .containsExactly(EnforcedLimits.characters(inline), EnforcedLimits.characters(iam.document(arn)));
        assertThat(role.getInt("policies.characters"))
                .isEqualTo(EnforcedLimits.characters(inline) + EnforcedLimits.characters(iam.document(arn)));
    }

    @Test
    void with_iam_asked_it_tells_the_versions_that_there_are() {
        // Given
        overflow();
        producer.sendAndAwait(Bots.enabled(instance, 3, 300, 301));

        // Then
        get("/policy?actual=true")
                .statusCode(200)
                .body("policies.each[1].version", equalTo("v2"))
                .body("policies.each[1].versions", contains("v2", "v1"))
                .body("policies.each[0].version", nullValue())
                .body("difference.policy", contains("trust", managed(), "linked-role"))
                .body("difference.equal", contains(true, true, true));
    }

    @Test
    void what_was_taken_from_a_managed_policy_by_hand_differs_and_is_missing() {
        // Given
        overflow();

        // When
        String arn = managed();
        iamClient.detachRolePolicy(r -> r.roleName(instance.roleName().value()).policyArn(arn));

        // Then
        get("/policy?actual=true")
                .statusCode(200)
                .body("difference.find { it.policy == '" + managed() + "' }.equal", equalTo(false))
                .body("difference.find { it.policy == '" + managed() + "' }.onlyWanted.Sid", contains("LexBots"));
        get("/permissions?service=lex")
                .statusCode(200)
                .body("permissions.action.findAll { it == 'lex:PostContent' }", hasSize(FULL))
                .body("difference.missing", hasSize(2))
                .body("difference.missing.resource", contains(Bots.bot(FULL) + ":*", Bots.bot(FULL + 1) + ":*"));
    }

    @Test
    void permissions_in_managed_policies_are_permissions() {
        // Given
        overflow();

        // Then
        get("/permissions?service=lex")
                .statusCode(200)
                .body("permissions.action.findAll { it == 'lex:PostContent' }", hasSize(FULL + 2))
                .body("difference.missing", hasSize(0))
                .body("difference.extra", hasSize(0));
    }

    @Test
    void a_deleted_role_has_no_policies() {
        // Given
        overflow();
        producer.sendAndAwait(instance.deleted(9));

        // Then
        get("").statusCode(200).body("policies", nullValue());
    }

    private void overflow() {
        producer.sendAndAwait(
                instance.created(0), Bots.enabled(instance, 1, 0, FULL), Bots.enabled(instance, 2, FULL, FULL + 2));
        get("/policy").statusCode(200).body("policies.each[1].arn", endsWith(instance.roleName() + "-1"));
    }

    private String managed() {
        String roleArn = iam.get(instance.roleName()).arn();
        return roleArn.replace(":role/", ":policy/") + "-1";
    }

    private ValidatableResponse get(String what) {
        return Operator.asks().when().get("/api/roles/" + instance.id() + what).then();
    }
}
