package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The plan of the next resync, by HTTP. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class PlanApiTest {

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void what_was_added_by_hand_is_planned_to_be_revoked_and_stays() {
        // Given
        producer.sendAndAwait(instance.created(0));
        ManualRoleEdit.of(instance.roleName()).putPolicy("by-hand", "s3:GetObject");
        FoundRole edited = iam.get(instance.roleName());

        // When
        Operator.asks()
                .get("/api/plan?limit=1&after=" + before(instance))
                .then()
                .statusCode(200)
                .body("summary.roles", equalTo(1))
                .body("summary.changed", equalTo(1))
                .body("summary.unchanged", equalTo(0))
                .body("roles[0].id", equalTo(instance.id().value()))
                .body("roles[0].roleName", equalTo(instance.roleName().value()))
                .body("roles[0].action", equalTo("change"))
                .body("roles[0].steps", hasItem(containsString("inline policy")))
                .body("roles[0].revoked.size()", equalTo(1))
                .body("roles[0].granted.size()", equalTo(0));

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(edited);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=many"})
    void a_limit_out_of_bounds_is_named(String query) {
        Operator.asks()
                .get("/api/plan?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", equalTo("limit must be a number from 1 to 200"));
    }

    @Test
    void a_release_of_a_change_that_is_not_held_is_a_conflict() {
        Operator.asks().get("/api/plan?limit=1").then().statusCode(200).body("held", nullValue());
        release("{\"digest\":\"another\"}")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", equalTo("no change is held here"));
        release("{}").statusCode(400).body("detail", containsString("digest is missing"));
    }

    private static ValidatableResponse release(String body) {
        return Operator.asks()
                .contentType("application/json")
                .body(body)
                .post("/api/plan/release")
                .then();
    }

    /** Returns the id just before an instance's, so that its page begins with it. */
    private static String before(Instance instance) {
        String digits = instance.id().value().replace("-", "");
        String less = "%032x".formatted(new BigInteger(digits, 16).subtract(BigInteger.ONE));
        return less.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
