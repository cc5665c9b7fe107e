package dev.linkedrole.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Contract of the service, served as files: the AsyncAPI document and the JSON Schemas. Vert.x would serve them only from copies in a
 * temporary directory, which a read-only file system does not have.
 */
@Singleton
class PublishedFiles {

    private static final String DIRECTORY = "/META-INF/resources";

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
            "role-updated");

    /** Order of the routes: after a generated schema, before what Vert.x would serve. */
    private static final int SECOND = -900;

    /** Registers a route for each file. */
    void serve(@Observes Router router) {
        Stream.concat(Stream.of("/asyncapi.yaml"), SCHEMAS.stream().map(name -> "/schemas/" + name + ".schema.json"))
                .forEach(path -> serve(router, path));
    }

    private static void serve(Router router, String path) {
        Buffer content = Buffer.buffer(bytes(path));
        String type = path.endsWith(".json") ? "application/json" : "application/yaml";
        router.get(path)
                .order(SECOND)
                .handler(request -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, type + ";charset=UTF-8")
                        .end(content));
    }

    private static byte[] bytes(String path) {
        try (InputStream file = PublishedFiles.class.getResourceAsStream(DIRECTORY + path)) {
            return Objects.requireNonNull(file, path).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }
}
