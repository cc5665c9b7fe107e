package dev.linkedrole.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The part of the published schemas that depends on the catalog. The published file is that of the default catalog. For
 * another catalog the schema is generated: its service and its features, but not the patterns of resource ARNs, since a
 * catalog has Java's regular expressions and JSON Schema has others.
 */
final class FeaturesSchema {

    static final String PATH = "/schemas/features.schema.json";

    private FeaturesSchema() {}

    /** Generates the schema of a catalog. */
    static String of(FeatureCatalog catalog) {
        ObjectNode schema = file();
        schema.put("title", "Instances, features and resources of the catalog " + catalog.name());
        ObjectNode definitions = schema.withObject("/$defs");
        ObjectNode arn = definitions.withObject("/instanceArn");
        arn.put("description", forService(arn.path("description").asText(), catalog));
        arn.put("pattern", forService(arn.path("pattern").asText(), catalog));
        names(definitions.withObject("/feature"), catalog.features().keySet());
        ObjectNode enabled = definitions.withObject("/enabled");
        List<String> needless = catalog.features().values().stream()
                .filter(feature -> feature.withoutResource().isPresent())
                .map(Feature::name)
                .toList();
        if (needless.isEmpty()) {
            enabled.put("if", false);
        } else {
            names(enabled.putObject("if").withObject("/properties/feature"), needless);
        }
        definitions
                .putObject("disabled")
                .put("description", "What the ARNs of resources look like is to be had from /api/features.");
        return schema.toPrettyString();
    }

    private static String forService(String text, FeatureCatalog catalog) {
        return text.replace(":connect:", ":" + catalog.service() + ":");
    }

    private static void names(ObjectNode schema, Iterable<String> features) {
        ArrayNode names = schema.putArray("enum");
        features.forEach(names::add);
    }

    private static ObjectNode file() {
        try {
            return (ObjectNode) new ObjectMapper().readTree(ContractFile.read(PATH));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
