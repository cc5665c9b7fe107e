package dev.linkedrole.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A CloudFormation template with its functions worked out, as far as the templates here use them. */
final class Template {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Object NO_VALUE = new Object();

    private final Map<?, ?> tree;
    private final Map<String, Object> values = new HashMap<>();

    /**
     * Reads one.
     *
     * @param parameters those that have another value than their default
     */
    Template(Path file, Map<String, String> parameters) {
        try {
            tree = new Yaml(new Functions()).load(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        values.put("AWS::Partition", "aws");
        values.put("AWS::Region", "us-west-2");
        values.put("AWS::AccountId", "111122223333");
        values.put("AWS::NoValue", NO_VALUE);
        map(tree, "Parameters").forEach((name, parameter) -> {
            Object standard = ((Map<?, ?>) parameter).get("Default");
            if (standard != null) {
                values.put(name.toString(), standard);
            }
        });
        values.putAll(parameters);
        map(tree, "Parameters").forEach((name, parameter) -> {
            if (((Map<?, ?>) parameter).get("Type") instanceof String type && type.equals("CommaDelimitedList")) {
                values.computeIfPresent(
                        name.toString(), (key, list) -> List.of(list.toString().split(",", -1)));
            }
        });
    }

    /** The policy document of a managed policy. */
    JsonNode policy(String resource) {
        return json(declared(resource).get("PolicyDocument"));
    }

    /** The policy documents of all managed policies that it makes, by their names in it. */
    Map<String, JsonNode> policies() {
        Map<String, JsonNode> policies = new TreeMap<>();
        resources("AWS::IAM::ManagedPolicy").forEach(name -> policies.put(name, policy(name)));
        return policies;
    }

    /** The trust policy of this resource, a role. */
    JsonNode trust(String resource) {
        return json(declared(resource).get("AssumeRolePolicyDocument"));
    }

    /** The properties of a resource. */
    JsonNode properties(String resource) {
        return json(declared(resource));
    }

    private Map<?, ?> declared(String resource) {
        return map(map(map(tree, "Resources"), resource), "Properties");
    }

    private JsonNode json(@Nullable Object value) {
        return new ObjectMapper().valueToTree(resolve(value));
    }

    /** The resources of a type that it makes. */
    List<String> resources(String type) {
        return map(tree, "Resources").entrySet().stream()
                .filter(resource -> type.equals(((Map<?, ?>) resource.getValue()).get("Type")))
                .filter(resource -> ((Map<?, ?>) resource.getValue()).get("Condition") instanceof String condition
                        ? holds(condition)
                        : true)
                .map(resource -> String.valueOf(resource.getKey()))
                .toList();
    }

    /** The declaration of each parameter. */
    Map<String, JsonNode> parameters() {
        Map<String, JsonNode> parameters = new TreeMap<>();
        map(tree, "Parameters")
                .forEach((name, parameter) ->
                        parameters.put(String.valueOf(name), new ObjectMapper().valueToTree(parameter)));
        return parameters;
    }

    private @Nullable Object resolve(@Nullable Object value) {
        return switch (value) {
            case Function function -> resolve(function);
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> resolved = new LinkedHashMap<>();
                map.forEach((key, each) -> resolved.put(key, resolve(each)));
                resolved.values().removeIf(each -> each == NO_VALUE);
                yield resolved;
            }
            case List<?> list -> {
                List<@Nullable Object> resolved = new ArrayList<>();
                list.forEach(each -> resolved.add(resolve(each)));
                resolved.removeIf(each -> each == NO_VALUE);
                yield resolved;
            }
            case null, default -> value;
        };
    }

    private @Nullable Object resolve(Function function) {
        return switch (function.name()) {
            case "!Ref" -> value(String.valueOf(function.argument()));
            case "!GetAtt" -> String.valueOf(function.argument());
            case "!Join" ->
                list(resolve(arguments(function).get(1))).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(
                                String.valueOf(arguments(function).getFirst())));
            case "!Split" ->
                List.of(String.valueOf(resolve(arguments(function).get(1)))
                        .split(Pattern.quote(String.valueOf(arguments(function).getFirst())), -1));
            case "!Select" ->
                list(resolve(arguments(function).get(1)))
                        .get(Integer.parseInt(String.valueOf(arguments(function).getFirst())));
            case "!Sub" -> substituted(function.argument());
            case "!If" -> {
                List<?> arguments = arguments(function);
                yield resolve(holds(String.valueOf(arguments.get(0))) ? arguments.get(1) : arguments.get(2));
            }
            case "!Equals" ->
                Objects.equals(
                        resolve(arguments(function).get(0)),
                        resolve(arguments(function).get(1)));
            case "!And" -> arguments(function).stream().allMatch(each -> Boolean.TRUE.equals(resolve(each)));
            case "!Not" -> !Boolean.TRUE.equals(resolve(arguments(function).getFirst()));
            default -> throw new AssertionError("not understood here: " + function);
        };
    }

    /** A text with its variables filled in; it may bring some of its own. */
    private String substituted(@Nullable Object argument) {
        Map<String, Object> own = new HashMap<>(values);
        if (argument instanceof List<?> arguments) {
            ((Map<?, ?>) Objects.requireNonNull(arguments.get(1)))
                    .forEach((name, each) -> own.put(String.valueOf(name), String.valueOf(resolve(each))));
        }
        String text = String.valueOf(argument instanceof List<?> arguments ? arguments.getFirst() : argument);
        return VARIABLE.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Objects.requireNonNull(own.get(found.group(1)), found.group(1))
                                .toString()));
    }

    private boolean holds(String condition) {
        return Boolean.TRUE.equals(resolve(map(tree, "Conditions").get(condition)));
    }

    /** Value of a parameter, or of a resource: its name in the template. */
    private Object value(String name) {
        return map(tree, "Resources").containsKey(name) ? name : Objects.requireNonNull(values.get(name), name);
    }

    private static List<?> arguments(Function function) {
        return (List<?>) Objects.requireNonNull(function.argument());
    }

    private static List<?> list(@Nullable Object value) {
        return (List<?>) Objects.requireNonNull(value);
    }

    private static Map<?, ?> map(Map<?, ?> parent, String key) {
        return (Map<?, ?>) Objects.requireNonNull(parent.get(key), key);
    }

    private record Function(String name, @Nullable Object argument) {}

    /** Reads a tag of CloudFormation's as a function of what stands behind it. */
    private static final class Functions extends SafeConstructor {
        Functions() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    Object argument = switch (node) {
                        case ScalarNode scalar -> scalar.getValue();
                        case SequenceNode list -> constructSequence(list);
                        case MappingNode map -> constructMapping(map);
                        default -> throw new AssertionError("not understood here: " + node);
                    };
                    return new Function(node.getTag().getValue(), argument);
                }
            });
        }
    }
}
