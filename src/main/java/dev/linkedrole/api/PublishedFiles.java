package dev.linkedrole.api;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.role.catalog.FeatureCatalog;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contract of the service, served as files: the AsyncAPI document and the JSON Schemas. Vert.x would serve them only from copies in a
 * temporary directory, which a read-only file system does not have.
 */
@Singleton
class PublishedFiles {

    private static final List<String> SCHEMAS = List.of(
            "catalog",
            "event",
            "feature-disabled",
            "feature-enabled",
            "features",
            "grant-refused",
            "instance-created",
            "instance-deleted",
            "outcome",
            "role-deleted",
            "role-repaired",
            "role-updated");

    /** Order of the routes: before what Vert.x would serve. */
    private static final int FIRST = -1_000;

    /** Registers a route for each file. With another catalog than the default one, a schema takes the place of its file. */
    void serve(@Observes Router router, ControllerConfig config, FeatureCatalog catalog) {
        Stream.concat(Stream.of("/asyncapi.yaml"), SCHEMAS.stream().map(name -> "/schemas/" + name + ".schema.json"))
                .forEach(path -> serve(router, path, content(path, config, catalog)));
    }

    private static Buffer content(String path, ControllerConfig config, FeatureCatalog catalog) {
        return path.equals(FeaturesSchema.PATH) && !config.catalog().equals(ControllerConfig.DEFAULT_CATALOG)
                ? Buffer.buffer(FeaturesSchema.of(catalog))
                : Buffer.buffer(ContractFile.read(path));
    }

    private static void serve(Router router, String path, Buffer content) {
        String type = path.endsWith(".json") ? "application/json" : "application/yaml;charset=UTF-8";
        router.get(path)
                .order(FIRST)
                .handler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, type)
                        .end(content));
    }
}
