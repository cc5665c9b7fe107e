package dev.linkedrole.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.testing.PublishedSchemas;
import dev.linkedrole.testing.aws.LocalAwsResource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A service with another catalog publishes a schema for that catalog. */
@QuarkusTest
@TestProfile(FeaturesSchemaTest.Lighthouses.class)
@WithTestResource(value = LocalAwsResource.class, scope = TestResourceScope.GLOBAL)
@Tag("aws")
class FeaturesSchemaTest {

    private static final String CATALOG = "docs/catalogs/lighthouse.yaml";
    private static final String INSTANCE =
            "arn:aws:lighthouse:us-west-2:111122223333:instance/0b6c1d1e-6f7a-4c4e-9a53-2f3f5b8f9c01";

    /** Profile of a service with the example catalog. */
    public static class Lighthouses implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("linked-role.catalog", CATALOG);
        }
    }

    @Test
    void it_is_served_in_place_of_that_of_the_default_catalog() {
        String served = RestAssured.given()
                .get("/schemas/features.schema.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString();
        assertThat(served).isEqualTo(FeaturesSchema.of(CatalogFile.load(CATALOG)));
        assertThat(served).doesNotContain("connect", "call-recordings");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            enabled  | {"feature": "fog-horn"}                                  | true
            enabled  | {"feature": "beacon"}                                    | false
            enabled  | {"feature": "beacon", "resources": []}                   | false
            enabled  | {"feature": "beacon", "resources": ["arn:aws:lamps:x"]}  | true
            disabled | {"feature": "beacon"}                                    | true
            feature  | "beacon"                                                 | true
            feature  | "call-recordings"                                        | false
            """)
    void it_knows_the_features_of_that_catalog(String definition, String data, boolean accepted) {
        assertThat(faults(definition, data).isEmpty()).isEqualTo(accepted);
    }

    @Test
    void it_knows_the_service_of_that_catalog() {
        assertThat(faults("instanceArn", '"' + INSTANCE + '"')).isEmpty();
        assertThat(faults("instanceArn", '"' + INSTANCE.replace(":lighthouse:", ":connect:") + '"'))
                .isNotEmpty();
    }

    private static String faults(String definition, String data) {
        JsonNode schema = tree(FeaturesSchema.of(CatalogFile.load(CATALOG)));
        String part = "{\"$defs\": " + schema.path("$defs") + ", \"$ref\": \"#/$defs/" + definition + "\"}";
        return String.join("\n", PublishedSchemas.faultsBy(part, data));
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
