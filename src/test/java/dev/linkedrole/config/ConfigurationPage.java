package dev.linkedrole.config;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hibernate.validator.constraints.Range;
import org.jspecify.annotations.Nullable;

/**
 * Tables of all properties, in Markdown. Names, defaults and bounds come from the annotations of {@link
 * ControllerConfig}, meanings and order from its source.
 */
final class ConfigurationPage {

    private static final Path SOURCE = Path.of("src/main/java/dev/linkedrole/config/ControllerConfig.java");
    private static final String ACCOUNT = "ACCOUNT";
    private static final String HEAD =
            "| property | environment variable | default | allowed | meaning |\n|---|---|---|---|---|\n";

    private final Map<String, String> comments;
    private final List<Property> properties = new ArrayList<>();

    private ConfigurationPage(Map<String, String> comments) {
        this.comments = comments;
        String prefix =
                ControllerConfig.class.getAnnotation(ConfigMapping.class).prefix();
        collect(ControllerConfig.class, prefix, prefix);
    }

    static ConfigurationPage read() throws IOException {
        return new ConfigurationPage(Comments.of(SOURCE));
    }

    List<Property> properties() {
        return properties;
    }

    /** One table for each group, with the group's name as its title. */
    String tables() {
        Map<String, List<Property>> groups = properties.stream()
                .collect(Collectors.groupingBy(Property::group, LinkedHashMap::new, Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> "### `" + group.getKey() + "`\n\n" + HEAD
                        + group.getValue().stream().map(Property::row).collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    /** Properties of the mapping itself first, then those of its groups, each in the order of the source. */
    private void collect(Class<?> mapping, String prefix, String group) {
        List<Method> methods = Arrays.stream(mapping.getDeclaredMethods())
                .sorted((one, other) -> Integer.compare(place(one), place(other)))
                .toList();
        methods.stream()
                .filter(method -> !isGroup(method))
                .forEach(method -> properties.add(property(method, prefix, group)));
        for (Method method : methods) {
            if (isGroup(method)) {
                boolean map = Map.class.isAssignableFrom(method.getReturnType());
                String name = prefix + "." + name(method) + (map ? "." + ACCOUNT : "");
                collect(map ? valueType(method) : method.getReturnType(), name, name);
            }
        }
    }

    private int place(Method method) {
        return List.copyOf(comments.keySet()).indexOf(key(method));
    }

    private Property property(Method method, String prefix, String group) {
        WithDefault value = method.getAnnotation(WithDefault.class);
        return new Property(
                group,
                prefix + "." + name(method),
                value == null ? "" : "`" + value.value() + "`",
                allowed(method),
                Objects.requireNonNull(comments.get(key(method))));
    }

    private static boolean isGroup(Method method) {
        return Map.class.isAssignableFrom(method.getReturnType())
                || method.getReturnType().isInterface();
    }

    private static Class<?> valueType(Method method) {
        Type[] types = ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments();
        return (Class<?>) types[1];
    }

    private static String key(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private static String name(Method method) {
        WithName given = method.getAnnotation(WithName.class);
        return given == null ? kebab(method.getName()) : given.value();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static String allowed(Method method) {
        Class<?> type = method.getReturnType();
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "`" + constant.toString().replace('_', '-').toLowerCase(Locale.ROOT) + "`")
                    .collect(Collectors.joining(", "));
        }
        return constrained(method)
                .map(ConfigurationPage::bounds)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    /** The method, and the annotated type within its {@link Optional}. */
    private static Stream<AnnotatedElement> constrained(Method method) {
        AnnotatedType type = method.getAnnotatedReturnType();
        Stream<AnnotatedElement> within = type instanceof AnnotatedParameterizedType parameterized
                ? Arrays.stream(parameterized.getAnnotatedActualTypeArguments())
                : Stream.of();
        return Stream.concat(Stream.of(method), within);
    }

    private static Optional<String> bounds(AnnotatedElement element) {
        Within within = element.getAnnotation(Within.class);
        if (within != null) {
            return Optional.of(
                    (within.wholeSeconds() ? "whole seconds, " : "") + within.least() + " to " + within.most());
        }
        Range range = element.getAnnotation(Range.class);
        if (range != null) {
            return Optional.of(range.min() + " to " + range.max());
        }
        Pattern pattern = element.getAnnotation(Pattern.class);
        if (pattern != null) {
            return Optional.of(
                    pattern.message().replace(ControllerConfig.NOT, "").replaceFirst("^must be ", ""));
        }
        return element.isAnnotationPresent(NotBlank.class) ? Optional.of("not blank") : Optional.empty();
    }

    /**
     * A property.
     *
     * @param standard its default in Markdown; empty if it has none
     * @param allowed its bounds in words; empty if all is allowed
     */
    record Property(String group, String name, String standard, String allowed, String meaning) {

        /**
         * Environment variable by MicroProfile Config's rules; around a number an account is quoted in the property's
         * name.
         */
        String variable() {
            return name.replace(ACCOUNT, "_" + ACCOUNT + "_")
                    .replaceAll("[^A-Za-z0-9]", "_")
                    .toUpperCase(Locale.ROOT);
        }

        private String row() {
            return "| `" + name + "` | `" + variable() + "` | " + cell(standard, "none") + " | " + cell(allowed, "any")
                    + " | " + cell(meaning, "") + " |\n";
        }

        private static String cell(String text, String otherwise) {
            return text.isEmpty() ? otherwise : text.replace("|", "\\|");
        }
    }

    /** Javadoc of a source's methods as Markdown, by {@code Type.method}, in the order of the source. */
    private static final class Comments extends TreePathScanner<@Nullable Void, Map<String, String>> {

        private static final java.util.regex.Pattern VALUE =
                java.util.regex.Pattern.compile("\\{@value\\s+(\\w+)#(\\w+)}");

        private final DocTrees docs;
        private final CompilationUnitTree unit;

        private Comments(DocTrees docs, CompilationUnitTree unit) {
            this.docs = docs;
            this.unit = unit;
        }

        static Map<String, String> of(Path source) throws IOException {
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
                JavacTask task =
                        (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjects(source));
                CompilationUnitTree unit = task.parse().iterator().next();
                Map<String, String> comments = new LinkedHashMap<>();
                new Comments(DocTrees.instance(task), unit).scan(new TreePath(unit), comments);
                return comments;
            }
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, Map<String, String> comments) {
            ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            String comment = docs.getDocComment(getCurrentPath());
            comments.put(type.getSimpleName() + "." + method.getName(), comment == null ? "" : markdown(comment));
            return super.visitMethod(method, comments);
        }

        private String markdown(String comment) {
            String text = comment.strip().replaceAll("\\s+", " ");
            return VALUE.matcher(text)
                    .replaceAll(value -> constant(value.group(1), value.group(2)))
                    .replaceAll("\\{@link\\s+#?([\\w.]+)}", "`$1`")
                    .replaceAll("\\{@code ((?:[^{}]|\\{[^{}]*})*)}", "`$1`");
        }

        private String constant(String type, String field) {
            String name = unit.getImports().stream()
                    .map(imported -> imported.getQualifiedIdentifier().toString())
                    .filter(imported -> imported.endsWith("." + type))
                    .findFirst()
                    .orElseThrow();
            try {
                return String.valueOf(Class.forName(name).getField(field).get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(name + "." + field, e);
            }
        }
    }
}
