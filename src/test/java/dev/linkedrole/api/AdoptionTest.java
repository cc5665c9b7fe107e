package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.linkedrole.role.identity.RoleTags;
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
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A foreign role is adopted only on an operator's explicit request. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class AdoptionTest {

    @Inject
    Producer producer;

    @Inject
    IamReader iam;

    private final Instance instance = Instance.random();

    @Test
    void a_role_without_our_tags_is_taken_over_and_made_what_it_has_to_be() {
        // Given
        FoundRole foreign = make(Map.of("team", "billing"));
        String attached = ManualRoleEdit.of(instance.roleName()).attachPolicy("sns:*");
        assertThat(iam.get(instance.roleName()).attachedPolicies()).containsExactly(attached);

        // When
        adopt(true)
                .statusCode(201)
                .body("conditions", hasSize(0))
                .body("roleArn", equalTo(foreign.arn()))
                .body("lifecycle", equalTo("live"));

        // Then it is the same role, with our tags beside its own, and with our permissions alone
        FoundRole ours = found();
        assertThat(ours.id()).isEqualTo(foreign.id());
        assertThat(ours.tags())
                .containsEntry("team", "billing")
                .containsEntry(RoleTags.OWNER_TAG, "linked-role-controller")
                .containsEntry(RoleTags.INSTANCE_TAG, instance.arn().toString());
        assertThat(ours.permissions()).isEqualTo(ContractTable.BASE);
        assertThat(ours.trustPolicy()).contains("connect.amazonaws.com").doesNotContain("ec2");

        // And the history says who said so, and what was done
        history().body("type", contains("instance-created", "role-adopted"));
        history()
                .body("[1].source", equalTo("linked-role-controller/api"))
                .body("[1].applied[0]", equalTo("set the ownership tags"));
    }

    @Test
    void an_instance_that_waits_for_its_name_gets_the_role_that_has_it() {
        // Given
        make(Map.of());
        producer.sendAndAwait(instance.created(0), instance.enabled(1, "outbound-campaigns"));
        assertThat(found().tags()).isEmpty();

        // When
        adopt(true).statusCode(200).body("conditions", hasSize(0)).body("appliedRevision", equalTo(3));

        // Then
        assertThat(found().permissions()).isNotEqualTo(ContractTable.BASE).containsAll(ContractTable.BASE);
    }

    @Test
    void without_the_word_it_is_left_alone() {
        // Given
        FoundRole foreign = make(Map.of());

        // Then
        adopt(false).statusCode(201).body("conditions.type", contains("RoleNameTaken"));
        adopt(false).statusCode(200).body("conditions.type", contains("RoleNameTaken"));
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void where_there_is_nothing_to_adopt_nothing_is_recorded() {
        // When
        adopt(true).statusCode(201).body("revision", equalTo(1));
        adopt(true).statusCode(200).body("revision", equalTo(1));

        // Then
        history().body("type", contains("instance-created"));
    }

    @Test
    void the_word_does_not_hold_for_a_role_that_is_made_later() {
        // Given a role that was adopted, and removed
        make(Map.of());
        adopt(true).statusCode(201);
        ManualRoleEdit.of(instance.roleName()).remove();

        // When somebody makes another of that name
        FoundRole foreign = make(Map.of());
        Operator.asks()
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then()
                .body("condition.type", equalTo("RoleNameTaken"));

        // Then
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void a_role_of_another_deployment_is_never_taken_over() {
        // Given
        FoundRole foreign = make(Map.of(RoleTags.OWNER_TAG, "another-deployment"));

        // Then
        adopt(true).statusCode(409).body("detail", containsString("belongs to the owner another-deployment"));
        assertThat(found()).isEqualTo(foreign);
    }

    @Test
    void an_adopted_role_goes_with_its_instance() {
        // Given
        make(Map.of());
        adopt(true).statusCode(201);

        // When
        producer.sendAndAwait(instance.deleted(1));

        // Then
        assertThat(iam.exists(instance.roleName())).isFalse();
    }

    @Test
    void the_word_is_true_or_false() {
        Operator.asks()
                .contentType(ContentType.JSON)
                .body(Map.of("instanceArn", instance.arn().toString(), "adopt", "yes"))
                .when()
                .post("/api/roles/" + instance.id())
                .then()
                .statusCode(400)
                .body("detail", containsString("adopt"));
    }

    @Test
    void a_released_role_stays_until_it_is_taken_back() {
        // Given
        producer.sendAndAwait(instance.created(0));
        FoundRole before = found();

        // When
        Operator.asks()
                .post("/api/roles/" + instance.id() + "/release")
                .then()
                .statusCode(200)
                .body("lifecycle", equalTo("released"));
        producer.sendAndAwait(instance.enabled(1, "outbound-campaigns"));

        // Then
        assertThat(found()).isEqualTo(before);
        adopt(false).statusCode(409).body("detail", containsString("adopt"));
        Operator.asks()
                .post("/api/roles/" + instance.id() + "/reconcile")
                .then()
                .statusCode(409);

        // And an adoption brings what was recorded since
        adopt(true).statusCode(200).body("lifecycle", equalTo("live"));
        assertThat(found().permissions()).hasSizeGreaterThan(ContractTable.BASE.size());
        history().body("type", hasItem("role-released"));
    }

    private FoundRole make(Map<String, String> tags) {
        ManualRoleEdit.of(instance.roleName()).make(tags).putPolicy("theirs", "sqs:*");
        return found();
    }

    private FoundRole found() {
        return iam.get(instance.roleName());
    }

    private ValidatableResponse history() {
        return Operator.asks()
                .get("/api/roles/" + instance.id() + "/history")
                .then()
                .statusCode(200);
    }

    private ValidatableResponse adopt(boolean adopt) {
        return Operator.asks()
                .contentType(ContentType.JSON)
                .body(Map.of("instanceArn", instance.arn().toString(), "adopt", adopt))
                .when()
                .post("/api/roles/" + instance.id())
                .then();
    }
}
