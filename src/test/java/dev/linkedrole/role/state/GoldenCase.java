package dev.linkedrole.role.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.linkedrole.catalog.CatalogFile;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Events;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A directory of {@code src/test/resources/golden}: the state of a role in {@code features.yaml} (of the catalog
 * {@value BuiltIn#DEFAULT} if it names no other), and beside it the policies that the role must have, or none if it
 * must not exist.
 *
 * <p>The policies are indented for reading. They are compared as compact JSON: parsed and written again without white
 * space between the tokens, the members and elements in the order in which they stand. So indentation does not count,
 * and everything else does, each byte inside a string too.
 *
 * @param directory its directory
 */
record GoldenCase(Path directory) {

    private static final Path ALL = Path.of("src/test/resources/golden");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static List<GoldenCase> all() {
        try (Stream<Path> directories = Files.list(ALL)) {
            return directories.sorted().map(GoldenCase::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PolicyCompiler compiler() {
        return BuiltIn.compiler(catalogName());
    }

    FeatureCatalog catalog() {
        return CatalogFile.load(catalogName());
    }

    private String catalogName() {
        String catalog = features().catalog();
        return catalog == null ? BuiltIn.DEFAULT : catalog;
    }

    LinkedRole knowledge() {
        Features features = features();
        List<RoleEvent> events = new ArrayList<>();
        InstanceArn instance = InstanceArn.parse(features.instance());
        EventId id = new EventId("1", "golden");
        if (!features.lifecycle().equals("unannounced")) {
            events.add(new RoleEvent.InstanceCreated(id, instance, Events.at(0), "acme-support"));
        }
        features.enabled()
                .forEach(enabled -> events.add(new RoleEvent.FeatureEnabled(
                        id, instance, Events.at(1), enabled.feature(), enabled.resources())));
        if (features.lifecycle().equals("deleted")) {
            events.add(new RoleEvent.InstanceDeleted(id, instance, Events.at(2)));
        }
        return events.stream().map(LinkedRole::of).reduce(LinkedRole.unknown(instance), LinkedRole::join);
    }

    /** Returns the expected content of a file of this case, compact; empty if there is none. */
    String expected(String file) throws IOException {
        Path path = directory.resolve(file);
        return Files.exists(path) ? compact(Files.readString(path)) : "";
    }

    /** Writes the actual content to a file of this case; deletes the file if there is none. */
    void rewrite(String file, String content) throws IOException {
        Path path = directory.resolve(file);
        if (content.isEmpty()) {
            Files.deleteIfExists(path);
        } else {
            Files.writeString(path, indented(content));
        }
    }

    private Features features() {
        try {
            String yaml = Files.readString(directory.resolve("features.yaml"));
            Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            return JSON.convertValue(tree, Features.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String compact(String json) throws JsonProcessingException {
        return JSON.writeValueAsString(JSON.readTree(json));
    }

    private static String indented(String json) throws JsonProcessingException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        return JSON.writer(printer).writeValueAsString(JSON.readTree(json)) + "\n";
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }

    /**
     * The known state of a role.
     *
     * @param catalog catalog by which it is compiled
     * @param instance its instance's ARN
     * @param lifecycle {@code unannounced}, {@code announced} or {@code deleted}
     * @param enabled its features
     */
    private record Features(@Nullable String catalog, String instance, String lifecycle, List<Enabled> enabled) {}

    private record Enabled(String feature, Set<String> resources) {}
}
