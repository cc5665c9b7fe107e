package dev.linkedrole.catalog;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.linkedrole.role.catalog.FeatureCatalog;
import dev.linkedrole.role.model.InvalidValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a catalog: a built-in one by its name, or any other by the path of its file.
 *
 * <p>YAML's anchors and merge keys may be used, which is why the file is read by SnakeYAML and only then bound.
 */
public final class CatalogFile {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .build();

    /** Names of the built-in catalogs. */
    private static final List<String> BUILT_IN = List.of("amazon-connect", "amazon-connect-2026");

    private CatalogFile() {}

    /** Returns the built-in catalogs by their texts. */
    public static Map<String, FeatureCatalog> builtIn() {
        Map<String, FeatureCatalog> all = new LinkedHashMap<>();
        BUILT_IN.forEach(name -> {
            String text = text(name);
            all.put(text, read(name, text));
        });
        return all;
    }

    /**
     * Reads the catalog with a name or path.
     *
     * @throws InvalidValueException if there is no such catalog, or it is invalid; the message says where and why
     */
    public static FeatureCatalog load(String nameOrPath) {
        return read(nameOrPath, text(nameOrPath));
    }

    /**
     * Reads a catalog from its text; messages refer to it by {@code origin}.
     *
     * @throws InvalidValueException if it is invalid; the message says where and why
     */
    public static FeatureCatalog read(String origin, String yaml) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object tree = new Yaml(new SafeConstructor(options)).load(yaml);
            if (tree == null) {
                throw new InvalidValueException("it is empty (line 1)");
            }
            FeatureCatalog catalog =
                    MAPPER.convertValue(tree, CatalogDocument.class).toCatalog();
            CatalogValidator.check(yaml);
            return catalog;
        } catch (YAMLException | IllegalArgumentException | InvalidValueException e) {
            InvalidValueException invalid =
                    new InvalidValueException("the catalog " + origin + " cannot be used: " + fault(e, yaml));
            invalid.initCause(e);
            throw invalid;
        }
    }

    /** Message on a fault and its line, without Jackson's remarks on a source that it never saw. */
    private static String fault(RuntimeException e, String yaml) {
        if (e.getCause() instanceof JsonMappingException mapping) {
            return mapping.getOriginalMessage() + " (line "
                    + YamlLocations.of(yaml).at(mapping.getPath()) + ", at " + path(mapping) + ")";
        }
        String message = String.valueOf(e.getMessage());
        // These messages name their location themselves.
        return e instanceof YAMLException || e instanceof CatalogValidator.MisspeltException
                ? message
                : message + location(message, yaml);
    }

    private static String location(String message, String yaml) {
        return yaml.isBlank()
                ? ""
                : YamlLocations.of(yaml)
                        .of(new YamlLocations.InFile(message))
                        .map(line -> " (line " + line + ")")
                        .orElse("");
    }

    private static String path(JsonMappingException mapping) {
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "/" + step.getFieldName())
                .collect(Collectors.joining());
    }

    /**
     * Returns the text of the catalog with a name or path.
     *
     * @throws InvalidValueException if there is no such catalog
     */
    public static String text(String nameOrPath) {
        try (InputStream builtIn = CatalogFile.class.getResourceAsStream("/catalogs/" + nameOrPath + ".yaml")) {
            if (builtIn != null) {
                return new String(builtIn.readAllBytes(), StandardCharsets.UTF_8);
            }
            Path path = Path.of(nameOrPath);
            if (!Files.isRegularFile(path)) {
                throw new InvalidValueException("there is no catalog built in as '" + nameOrPath
                        + "', and no file of that path: linked-role.catalog must name one or the other");
            }
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException("the catalog " + nameOrPath + " cannot be read", e);
        }
    }
}
