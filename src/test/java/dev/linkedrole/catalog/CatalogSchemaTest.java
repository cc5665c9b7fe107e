package dev.linkedrole.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The published schema agrees with the reader. */
class CatalogSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema schema = schema();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/main/resources/catalogs/amazon-connect.yaml",
                "src/main/resources/catalogs/amazon-connect-2026.yaml",
                "docs/catalogs/lighthouse.yaml"
            })
    void every_catalog_that_is_shipped_keeps_to_the_schema(Path catalog) throws IOException {
        assertThat(faults(Files.readString(catalog))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service: lighthouse|",
                "kind: lamp|kind: [lamp]",
                "kind: lamp|colour: red",
                "sid: Horn|sid: Fog-Horn",
                "partitions: [aws]|planets: [earth]",
                "  beacon:|  base:",
                "actions: [sea:Watch]|actions: []",
                "sid: Horn|sid: Horn\n        effect: Forbid",
                "namePrefix: Light|namePrefix: Very_very_very_very_long_Light"
            })
    void what_the_reader_rejects_for_its_form_the_schema_rejects_too(String change) throws IOException {
        // Given
        String[] replacement = change.split("\\|", -1);
        assertThat(CatalogText.LIGHTHOUSE).contains(replacement[0]);

        // Then
        assertThat(faults(CatalogText.LIGHTHOUSE.replace(replacement[0], replacement[1])))
                .isNotEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dev.linkedrole.catalog.CatalogFaultsTest#misspelt")
    void what_is_misspelt_the_schema_rejects_too(CatalogFaultsTest.Fault fault) {
        assertThat(faults(fault.catalog())).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(CatalogGrammar.class)
    void it_has_each_form_as_the_reader_has_it(CatalogGrammar grammar) throws IOException {
        List<String> patterns = JSON.readTree(text()).findValuesAsText("pattern");

        assertThat(patterns).contains(grammar.pattern());
    }

    @Test
    void a_running_service_serves_it() throws IOException {
        assertThat(text()).contains("\"$id\": \"https://linkedrole.dev/schemas/catalog.schema.json\"");
    }

    String faults(String yaml) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        JsonNode json = JSON.valueToTree(tree);
        return String.join(
                "\n",
                schema.validate(json.toString(), InputFormat.JSON).stream()
                        .map(Object::toString)
                        .toList());
    }

    private static Schema schema() {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads the schema's file; files below META-INF/resources are served unchanged. */
    private static String text() throws IOException {
        try (InputStream schema =
                CatalogSchemaTest.class.getResourceAsStream("/META-INF/resources/schemas/catalog.schema.json")) {
            assertThat(schema).isNotNull();
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
