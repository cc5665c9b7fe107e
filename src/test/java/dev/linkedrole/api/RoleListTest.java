package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of roles in the API, among the roles of other tests. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class RoleListTest {

    @Inject
    Producer producer;

    @Test
    void page_after_page_every_role_comes_once_in_the_order_of_the_ids() {
        // Given
        List<Instance> instances = Stream.generate(Instance::random).limit(5).toList();
        instances.forEach(instance -> producer.send(instance.created(0)));
        producer.awaitQuiet();

        // When
        List<String> listed = ids("all", "2");

        // Then
        assertThat(listed).isSorted().doesNotHaveDuplicates();
        assertThat(listed).containsAll(instances.stream().map(RoleListTest::id).toList());
    }

    @Test
    void a_role_is_listed_by_where_it_is_in_its_life() {
        // Given
        Instance live = Instance.random();
        Instance deleted = Instance.random();
        Instance unannounced = Instance.random();
        producer.sendAndAwait(
                live.created(0), deleted.created(0), deleted.deleted(1), unannounced.enabled(0, "outbound-campaigns"));

        // Then
        assertThat(ids("live", "500")).contains(id(live)).doesNotContain(id(deleted), id(unannounced));
        assertThat(ids("deleted", "500")).contains(id(deleted)).doesNotContain(id(live), id(unannounced));
        assertThat(ids("unannounced", "500")).contains(id(unannounced)).doesNotContain(id(live), id(deleted));
        assertThat(ids("failing", "500")).doesNotContain(id(live), id(deleted), id(unannounced));
        assertThat(ids("pending", "500")).doesNotContain(id(live), id(deleted), id(unannounced));
    }

    @Test
    void an_entry_says_how_far_the_role_has_got() {
        // Given one event after the other: together they may be one revision
        Instance instance = Instance.random();
        producer.sendAndAwait(instance.created(0));
        producer.sendAndAwait(instance.enabled(1, "outbound-campaigns"));

        // When
        JsonPath page = list("all", before(instance), "1");

        // Then
        assertThat(page.getString("roles[0].id")).isEqualTo(id(instance));
        assertThat(page.getString("roles[0].lifecycle")).isEqualTo("live");
        assertThat(page.getString("roles[0].roleName"))
                .isEqualTo(instance.roleName().value());
        assertThat(page.getInt("roles[0].revision")).isEqualTo(2);
        assertThat(page.getInt("roles[0].appliedRevision")).isEqualTo(2);
        assertThat(page.getList("roles[0].conditions")).isEmpty();
    }

    @Test
    void a_role_is_found_by_a_bucket_that_it_may_use_and_by_its_name() {
        // Given
        Instance user = Instance.random();
        Instance other = Instance.random();
        String bucket = "arn:aws:s3:::bucket-of-" + user.id().hex();
        producer.sendAndAwait(user.created(0), other.created(0));
        producer.sendAndAwait(user.enabled(1, "call-recordings", bucket + "/calls"));

        // Then
        for (Map<String, String> query : List.of(
                Map.of("resource", bucket),
                Map.of("resource", bucket, "feature", "call-recordings", "account", Instance.ACCOUNT),
                Map.of("name", user.roleName().value(), "drifted", "false"),
                Map.of("arn", user.arn().toString(), "status", "live"))) {
            assertThat(found(query)).as(query.toString()).containsExactly(id(user));
        }
        assertThat(found(Map.of("resource", bucket, "condition", "PolicyTooLarge")))
                .isEmpty();
        assertThat(found(Map.of("arn", user.arn().toString(), "status", "deleted")))
                .isEmpty();

        // And an id needs no dashes
        Operator.asks()
                .get("/api/roles/" + user.id().hex().toUpperCase(Locale.ROOT))
                .then()
                .statusCode(200)
                .body("instanceArn", equalTo(user.arn().toString()));
    }

    /** Lists all roles of a query, page after page. */
    private static List<String> found(Map<String, String> query) {
        List<String> ids = new ArrayList<>();
        @Nullable String next = "00000000000000000000000000000000";
        do {
            JsonPath page = Operator.asks()
                    .queryParams(query)
                    .queryParam("after", next)
                    .get("/api/roles")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("roles.id", String.class));
            next = page.getString("next");
        } while (next != null);
        return ids;
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 501",
        "limit, many",
        "status, gone",
        "after, 42",
        "account, 12",
        "condition, Unwell",
        "drifted, perhaps",
        "name, admin",
        "resource, bucket"
    })
    void a_parameter_that_is_not_what_it_has_to_be_is_a_problem(String parameter, String value) {
        Operator.asks()
                .queryParam(parameter, value)
                .when()
                .get("/api/roles")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", containsString(parameter.equals("after") ? "instance id" : parameter));
    }

    /** Returns an id just below the instance's. */
    private static String before(Instance instance) {
        String id = id(instance);
        long last = Long.parseLong(id.substring(24), 16);
        return id.substring(0, 24) + String.format("%012x", last - 1);
    }

    private static List<String> ids(String status, String limit) {
        List<String> ids = new ArrayList<>();
        @Nullable String next = null;
        do {
            JsonPath page = list(status, next, limit);
            ids.addAll(page.getList("roles.id", String.class));
            next = page.getString("next");
        } while (next != null);
        return ids;
    }

    private static JsonPath list(String status, @Nullable String after, String limit) {
        RequestSpecification request =
                Operator.asks().queryParam("status", status).queryParam("limit", limit);
        if (after != null) {
            request.queryParam("after", after);
        }
        return request.when().get("/api/roles").then().statusCode(200).extract().jsonPath();
    }

    private static String id(Instance instance) {
        return instance.id().value();
    }
}
