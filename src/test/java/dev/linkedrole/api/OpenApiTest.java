package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A public validator accepts the OpenAPI document, which describes each call's responses. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class OpenApiTest {

    @TempDir
    private Path directory;

    @Test
    void the_document_is_valid_by_a_public_validator() throws IOException {
        // Given
        Path document = directory.resolve("openapi.json");
        Files.writeString(document, document(), StandardCharsets.UTF_8);

        // Then
        assertThat(Commands.run(List.of("src/test/openapi/lint", document.toString()), Map.of()))
                .contains("OK");
    }

    @Test
    void every_call_says_what_it_answers_when_all_is_well() throws IOException {
        // When
        List<String> without = new ArrayList<>();
        JsonNode paths = new ObjectMapper().readTree(document()).path("paths");
        paths.properties()
                .forEach(path -> path.getValue().properties().forEach(call -> {
                    JsonNode answers = call.getValue().path("responses");
                    JsonNode answer = answers.path(answers.has("202") ? "202" : "200");
                    if (answer.path("content")
                            .path("application/json")
                            .path("schema")
                            .isEmpty()) {
                        without.add(call.getKey() + " " + path.getKey());
                    }
                }));

        // Then
        assertThat(paths.properties().stream().map(path -> path.getKey()))
                .containsExactlyInAnyOrderElementsOf(
                        Routes.ALL.stream().map(Routes.Route::template).toList());
        assertThat(without).isEmpty();
    }

    @Test
    void the_history_of_a_role_says_why_an_event_was_rejected() throws IOException {
        // When
        JsonNode document = new ObjectMapper().readTree(document());
        JsonNode entry = document.at("/components/schemas/HistoryView/properties");

        // Then
        assertThat(entry.has("effect")).isTrue();
        assertThat(entry.path("reason").path("type").asText()).isEqualTo("string");
        assertThat(entry.path("detail").path("type").asText()).isEqualTo("string");
    }

    private static String document() {
        return RestAssured.given()
                .queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
