package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.IamReader;
import dev.linkedrole.testing.iam.IamReader.FoundRole;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Immediate repair of a role. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class ReconcileTest {

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void a_role_as_it_has_to_be_is_left_as_it_is() {
        // Given
        producer.sendAndAwait(instance.created(0));
        FoundRole before = iam.get(instance.roleName());

        // When
        reconcile()
                .statusCode(200)
                .body("roleName", equalTo(instance.roleName().value()))
                .body("revision", equalTo(1))
                .body("outcome", equalTo("in-force"))
                .body("steps.size()", equalTo(0))
                .body("condition", nullValue());

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(before);
    }

    @Test
    void what_was_changed_by_hand_is_repaired_and_the_steps_are_told() {
        // Given
        producer.sendAndAwait(instance.created(0));
        FoundRole before = iam.get(instance.roleName());
        ManualRoleEdit.of(instance.roleName())
                .trust(ManualRoleEdit.TRUST_IN_EC2)
                .putPolicy("by-hand", "sqs:*")
                .putPolicy("linked-role", "sqs:*");

        // When
        reconcile()
                .statusCode(200)
                .body("outcome", equalTo("in-force"))
                .body(
                        "steps",
                        hasItems(
                                "set the trust policy",
                                "put the inline policy linked-role",
                                "deleted the inline policy by-hand"));

        // Then
        assertThat(iam.get(instance.roleName())).isEqualTo(before);
    }

    @Test
    void a_role_that_was_deleted_by_hand_is_made_again() {
        // Given
        producer.sendAndAwait(instance.created(0));
        ManualRoleEdit.of(instance.roleName()).remove();

        // When
        reconcile().statusCode(200).body("steps", hasItems("created the role"));

        // Then
        assertThat(iam.get(instance.roleName()).permissions()).isEqualTo(ContractTable.BASE);
    }

    @Test
    void what_keeps_the_role_from_being_repaired_is_told() {
        // Given
        ManualRoleEdit.of(instance.roleName()).make(Map.of());
        producer.sendAndAwait(instance.created(0));

        // Then
        reconcile()
                .statusCode(200)
                .body("outcome", equalTo("blocked"))
                .body("condition.type", equalTo("RoleNameTaken"))
                .body("condition.detail", containsString(instance.roleName().value()));
    }

    @Test
    void an_instance_that_nobody_knows_is_not_found() {
        reconcile().statusCode(404).contentType("application/problem+json");
    }

    private ValidatableResponse reconcile() {
        return Operator.asks()
                .when()
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then();
    }
}
