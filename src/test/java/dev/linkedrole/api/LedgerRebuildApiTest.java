package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Operator;
import dev.linkedrole.testing.Producer;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rebuilding the ledger over the API. A dry run, since other tests have roles in the account too. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class LedgerRebuildApiTest {

    @Inject
    Producer producer;

    private final Instance instance = Instance.random();

    @Test
    void a_role_that_the_ledger_has_is_complete() {
        // Given
        producer.sendAndAwait(instance.created(0));

        // When
        List<Map<String, Object>> roles = new ArrayList<>();
        @Nullable String next = null;
        do {
            Map<String, Object> body = new HashMap<>(Map.of("account", Instance.ACCOUNT, "dryRun", true));
            if (next != null) {
                body.put("from", next);
            }
            JsonPath page = Operator.asks()
                    .contentType("application/json")
                    .body(body)
                    .post("/api/ledger/rebuild")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            roles.addAll(page.getList("roles"));
            next = page.getString("next");
        } while (next != null);

        // Then
        assertThat(roles)
                .filteredOn(role -> instance.id().value().equals(role.get("id")))
                .singleElement()
                .satisfies(role -> {
                    assertThat(role).containsEntry("result", "complete").doesNotContainKey("detail");
                    assertThat(role.get("grants")).isEqualTo(List.of());
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|twelve digits",
                "{\"account\": \"1234\"}|twelve digits",
                "{\"account\": \"111122223333\", \"dryRun\": \"yes\"}|dryRun must be true or false",
                "{\"account\": \"111122223333\", \"from\": 1}|from must be a string"
            })
    void a_fault_in_the_request_is_named(String body, String fault) {
        Operator.asks()
                .contentType("application/json")
                .body(body)
                .post("/api/ledger/rebuild")
                .then()
                .statusCode(400)
                .body("detail", containsString(fault));
    }
}
