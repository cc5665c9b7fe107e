package dev.linkedrole.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.role.catalog.Feature;
import dev.linkedrole.role.catalog.FeatureCatalog;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * The part of the published schemas that depends on the catalog. The published file is that of the default catalog. For
 * another catalog the schema is generated: its service and its features, but not the patterns of resource ARNs, since a
 * catalog has Java's regular expressions and JSON Schema has others.
 */
@Singleton
public class FeaturesSchema {

    private static final String PATH = "/schemas/features.schema.json";

    /** Order of the route: before the one that serves files. */
    private static final int FIRST = -1_000;

    /** Registers a route for the generated schema, unless it equals the published file. */
    void serve(@Observes Router router, ControllerConfig config, FeatureCatalog catalog) {
        if (!config.catalog().equals(ControllerConfig.DEFAULT_CATALOG)) {
            String schema = of(catalog);
            router.get(PATH)
                    .order(FIRST)
                    .handler(request -> request.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                            .end(schema));
        }
    }

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
        try (InputStream file = FeaturesSchema.class.getResourceAsStream("/META-INF/resources" + PATH)) {
            return (ObjectNode) new ObjectMapper().readTree(Objects.requireNonNull(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
