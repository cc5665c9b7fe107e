package dev.linkedrole.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Input of native-image: the jars that the build writes for it ({@code native.sources-only}), with their {@code META-INF/native-image}, and the feature that Quarkus generates.
 */
final class NativeSources implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Generated: initializes all classes at build time, but for those that it names. */
    private static final String FEATURE = "io.quarkus.runner.Feature";

    /** Netty alone has more. */
    private static final int LEAST_AT_RUN_TIME = 50;

    private static final Pattern EXCLUDED = Pattern.compile("--exclude-config (\\S+) (\\S+)");
    private static final Pattern AT_RUN_TIME = Pattern.compile("--initialize-at-run-time=([^\\s\\\\]+)");
    private static final Pattern CONTINUED = Pattern.compile("\\\\\\R\\s*");

    private final ClassPath jars;
    private final Map<String, RegisteredType> types = new HashMap<>();
    private final Set<List<String>> proxies = new HashSet<>();
    private final List<Pattern> resources = new ArrayList<>();
    private final Set<String> bundles = new HashSet<>();
    private final Set<String> initializedAtRunTime = new HashSet<>();

    /**
     * @param directory {@code target/native-sources}, which the build wrote
     */
    NativeSources(Path directory) {
        this.jars = new ClassPath(directory);
        List<Pattern> excluded = excluded(directory);
        for (String entry : jars.entries()) {
            if (entry.startsWith("META-INF/native-image/")
                    && excluded.stream()
                            .noneMatch(each -> each.matcher("/" + entry).find())) {
                jars.all(entry).forEach(content -> read(entry, new String(content, StandardCharsets.UTF_8)));
            }
        }
        readFeature();
    }

    /** Reads the names that the generated feature gives to {@code initializeAtRunTime}. */
    private void readFeature() {
        List<String> names = new ArrayList<>();
        byte[] feature = jars.classFile(FEATURE).orElseThrow();
        ClassFile.of().parse(feature).methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .forEach(element -> {
                    if (element instanceof ConstantInstruction.LoadConstantInstruction constant
                            && constant.constantValue() instanceof String name) {
                        names.add(name);
                    } else if (element instanceof InvokeInstruction call
                            && call.name().equalsString("initializeAtRunTime")) {
                        initializedAtRunTime.addAll(names);
                        names.clear();
                    }
                });
        if (initializedAtRunTime.size() < LEAST_AT_RUN_TIME) {
            throw new IllegalStateException(FEATURE + " is not as it was: it names too few classes");
        }
    }

    private static List<Pattern> excluded(Path directory) {
        try {
            return EXCLUDED.matcher(Files.readString(directory.resolve("native-image.args")))
                    .results()
                    .map(option -> Pattern.compile(option.group(2)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String entry, String text) {
        if (entry.endsWith("/native-image.properties")) {
            Matcher atRunTime = AT_RUN_TIME.matcher(CONTINUED.matcher(text).replaceAll(""));
            while (atRunTime.find()) {
                initializedAtRunTime.addAll(List.of(atRunTime.group(1).split(",")));
            }
        } else if (entry.endsWith("/reflect-config.json")) {
            parse(text)
                    .forEach(type ->
                            types.merge(type.path("name").asText(), RegisteredType.of(type), RegisteredType::and));
        } else if (entry.endsWith("/proxy-config.json")) {
            parse(text).forEach(proxy -> proxies.add(texts(proxy.isArray() ? proxy : proxy.path("interfaces"))));
        } else if (entry.endsWith("/resource-config.json")) {
            JsonNode config = parse(text);
            JsonNode listed = config.path("resources");
            (listed.isArray() ? listed : listed.path("includes"))
                    .forEach(resource -> resources.add(
                            Pattern.compile(resource.path("pattern").asText())));
            config.path("bundles")
                    .forEach(bundle -> bundles.add(bundle.path("name").asText().replaceFirst("^.*:", "")));
        } else if (entry.endsWith("/reachability-metadata.json")) {
            throw new IllegalStateException("the registrations are in a form that this test does not read: " + entry);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The jars, with the classes that take the place of others in the executable. */
    ClassPath jars() {
        return jars;
    }

    /** True if native-image initializes this class, so that its static initializer does not run in the executable. */
    boolean isInitializedAtBuildTime(String type) {
        for (String name = type; !name.isEmpty(); name = name.substring(0, Math.max(0, name.lastIndexOf('.')))) {
            if (initializedAtRunTime.contains(name)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the registrations of a type; none if it is not registered. */
    RegisteredType type(String name) {
        return types.getOrDefault(name, RegisteredType.NOT);
    }

    boolean hasProxy(List<String> interfaces) {
        return proxies.contains(interfaces);
    }

    boolean hasResource(String name) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    boolean hasBundle(String name) {
        return bundles.contains(name);
    }

    @Override
    public void close() throws IOException {
        jars.close();
    }
}
