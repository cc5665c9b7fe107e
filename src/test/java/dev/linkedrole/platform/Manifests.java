package dev.linkedrole.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.linkedrole.testing.aws.Commands;
import dev.linkedrole.testing.aws.LocalAws;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Objects of one rendered overlay of {@code deploy/kubernetes}.
 *
 * @param overlay name of the overlay
 * @param objects every object, in the order in which they are applied
 */
record Manifests(String overlay, List<JsonNode> objects) {

    private static final Path KUBERNETES = LocalAws.projectDirectory().resolve("deploy/kubernetes");
    private static final Path RENDERED = LocalAws.projectDirectory().resolve("target/kubernetes");

    /** Renders all overlays and checks them against the schemas. */
    static void render() {
        Commands.run(List.of("src/test/kubernetes/check"), Map.of());
    }

    /** Rendered overlays, all of them. */
    static List<Manifests> all() {
        return directories("overlays").stream().map(Manifests::of).toList();
    }

    /** One rendered overlay. */
    static Manifests of(String overlay) {
        return new Manifests(overlay, objects(RENDERED.resolve(overlay + ".yaml")));
    }

    /** Names of the directories of a kind: components or overlays. */
    static Set<String> directories(String kind) {
        try (Stream<Path> directories = Files.list(KUBERNETES.resolve(kind))) {
            return directories
                    .map(each -> each.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Documents of a YAML file. */
    static List<JsonNode> objects(Path file) {
        ObjectMapper json = new ObjectMapper();
        return StreamSupport.stream(
                        new Yaml(new SafeConstructor(new LoaderOptions()))
                                .loadAll(read(file))
                                .spliterator(),
                        false)
                .map(json::<JsonNode>valueToTree)
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects of a kind. */
    List<JsonNode> of(String kind, String... path) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .map(object -> object.at(Stream.of(path).map(each -> "/" + each).collect(Collectors.joining())))
                .toList();
    }

    /** Specification of the pods. */
    JsonNode pod() {
        return of("Deployment", "spec", "template", "spec").getFirst();
    }

    JsonNode container() {
        return pod().path("containers").path(0);
    }

    /** Values in the ConfigMap. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        of("ConfigMap", "data")
                .getFirst()
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    /** Environment variables of the container that have a value here, and not in a Secret. */
    Map<String, String> environment() {
        Map<String, String> environment = settings();
        container().path("env").forEach(variable -> {
            if (variable.has("value")) {
                environment.put(
                        variable.path("name").asText(), variable.path("value").asText());
            }
        });
        return environment;
    }

    /** Names of all environment variables of the container. */
    Set<String> variables() {
        Set<String> names = new TreeSet<>(settings().keySet());
        container()
                .path("env")
                .forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }
}
