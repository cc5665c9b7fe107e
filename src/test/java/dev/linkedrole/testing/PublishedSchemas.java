package dev.linkedrole.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The JSON Schemas that a running service serves, for a validator in its strictest mode. */
public final class PublishedSchemas {

    private static final String BASE = "https://linkedrole.dev/schemas/";

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaIdResolvers(
                            resolvers -> resolvers.mapPrefix(BASE, "classpath:META-INF/resources/schemas/"))
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    private PublishedSchemas() {}

    /** Validation errors of a JSON text by a schema; empty if it is valid. */
    public static List<String> faults(String schema, String json) {
        return faults(named(schema), json);
    }

    /** Lists validation errors by a schema that is not published by itself. */
    public static List<String> faultsBy(String schema, String json) {
        return faults(REGISTRY.getSchema(schema), json);
    }

    private static List<String> faults(Schema schema, String json) {
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Error::toString)
                .toList();
    }

    /** A text in a schema, by its JSON pointer. */
    public static String text(String schema, String pointer) {
        try (InputStream file = PublishedSchemas.class.getResourceAsStream("/META-INF/resources/schemas/" + schema)) {
            return new ObjectMapper().readTree(file).at(pointer).asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads a schema by the name of its file, which may have a fragment. */
    private static Schema named(String schema) {
        return REGISTRY.getSchema(SchemaLocation.of(BASE + schema));
    }
}
