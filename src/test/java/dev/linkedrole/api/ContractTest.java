package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.aws.LocalAws;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A running service serves the contract to everybody, as it is published. */
@QuarkusTest
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class ContractTest {

    private static final Pattern REFERENCE = Pattern.compile("[a-z-]+\\.schema\\.json");

    private static final Path FILES = LocalAws.projectDirectory().resolve("src/main/resources/META-INF/resources");

    @Test
    void the_document_is_served_to_callers_without_credentials() throws IOException {
        assertThat(get("/asyncapi.yaml")).isEqualTo(published("/asyncapi.yaml"));
    }

    @Test
    void every_schema_that_the_document_refers_to_is_served_beside_it() throws IOException {
        // Given
        ObjectMapper json = new ObjectMapper();
        Stream<String> direct = references(published("/asyncapi.yaml"));
        Stream<String> whole = references(published("/schemas/event.schema.json"));

        // Then
        assertThat(Stream.concat(direct, whole).distinct())
                .contains("feature-enabled.schema.json", "role-updated.schema.json")
                .allSatisfy(schema -> {
                    String path = "/schemas/" + schema;
                    assertThat(get(path)).isEqualTo(published(path));
                    JsonNode tree = json.readTree(get(path));
                    assertThat(tree.path("$id").asText()).isEqualTo("https://linkedrole.dev" + path);
                });
    }

    @Test
    void every_file_beside_the_document_is_served() throws IOException {
        try (Stream<Path> files = Files.walk(FILES)) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(get("/" + FILES.relativize(file))).isEqualTo(Files.readString(file)));
        }
    }

    private static Stream<String> references(String text) {
        return REFERENCE.matcher(text).results().map(found -> found.group());
    }

    private static String get(String path) {
        return RestAssured.given().get(path).then().statusCode(200).extract().asString();
    }

    /** Reads a published file below META-INF/resources. */
    private static String published(String path) throws IOException {
        try (InputStream file = ContractTest.class.getResourceAsStream("/META-INF/resources" + path)) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
