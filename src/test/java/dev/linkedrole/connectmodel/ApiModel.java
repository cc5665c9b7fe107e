package dev.linkedrole.connectmodel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.linkedrole.testing.aws.Commands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The public model of Amazon Connect's API, as a pinned botocore has it, for the operations that are read here. */
public final class ApiModel {

    /** The operations in the model. */
    public static final List<String> OPERATIONS = List.of(
            "ListInstances",
            "DescribeInstance",
            "ListInstanceStorageConfigs",
            "ListBots",
            "ListIntegrationAssociations",
            "ListInstanceAttributes");

    private final JsonNode model;

    private ApiModel(JsonNode model) {
        this.model = model;
    }

    /** Returns the model, which is loaded once. */
    public static ApiModel get() {
        return Loaded.MODEL;
    }

    /** Name under which requests are signed. */
    public String signingName() {
        return model.at("/metadata/signingName").asText();
    }

    public String protocol() {
        return model.at("/metadata/protocol").asText();
    }

    /** Returns the operation that a request is for; empty if there is none. */
    public Optional<String> operation(String method, String path) {
        return OPERATIONS.stream()
                .filter(name -> operation(name).at("/http/method").asText().equals(method))
                .filter(name -> path.matches(pattern(name)))
                .findFirst();
    }

    private String pattern(String operation) {
        return operation(operation).at("/http/requestUri").asText().replaceAll("\\{\\w+}", "[^/]+");
    }

    private JsonNode operation(String name) {
        return Objects.requireNonNull(model.at("/operations/" + name));
    }

    /** Returns the names of the errors that an operation lists, and their status. */
    public Map<String, Integer> errors(String operation) {
        return StreamSupport.stream(operation(operation).path("errors").spliterator(), false)
                .map(error -> error.path("shape").asText())
                .collect(Collectors.toMap(
                        name -> name,
                        name -> shape(name).at("/error/httpStatusCode").asInt()));
    }

    /** Returns what is wrong with the query of a request: names that there are not, values that are not taken. */
    public List<String> faultsOfQuery(String operation, Map<String, String> query) {
        List<String> faults = new ArrayList<>();
        SortedSet<String> known = new TreeSet<>();
        JsonNode input = shape(operation(operation).at("/input/shape").asText());
        input.path("members").properties().forEach(member -> {
            if (!member.getValue().path("location").asText().equals("querystring")) {
                return;
            }
            String name = member.getValue().path("locationName").asText();
            known.add(name);
            JsonNode shape = shape(member.getValue().path("shape").asText());
            String value = query.get(name);
            if (value != null) {
                faults.addAll(faultsOfText(shape, value, name));
            } else if (contains(input.path("required"), member.getKey())) {
                faults.add(name + " is required");
            }
        });
        query.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(name + " is no parameter of " + operation));
        return faults;
    }

    private static List<String> faultsOfText(JsonNode shape, String value, String name) {
        if (shape.path("type").asText().equals("integer")) {
            return bounds(shape, Integer.parseInt(value), name);
        }
        return faultsOfString(shape, value, name);
    }

    /** Returns what is wrong with an answer: members that there are not, and values of the wrong type. */
    public List<String> faultsOfAnswer(String operation, JsonNode answer) {
        return faults(operation(operation).at("/output/shape").asText(), answer, operation);
    }

    private List<String> faults(String shapeName, JsonNode value, String place) {
        JsonNode shape = shape(shapeName);
        String type = shape.path("type").asText();
        return switch (type) {
            case "structure" -> value.isObject() ? structure(shape, value, place) : List.of(place + " is no object");
            case "list" -> value.isArray() ? list(shape, value, place) : List.of(place + " is no list");
            case "map" -> value.isObject() ? List.of() : List.of(place + " is no object");
            case "boolean" -> value.isBoolean() ? List.of() : List.of(place + " is no boolean");
            case "timestamp" -> value.isNumber() ? List.of() : List.of(place + " is no number of seconds");
            case "integer" ->
                value.isIntegralNumber()
                        ? bounds(shape, value.intValue(), place)
                        : List.of(place + " is no whole number");
            case "string" ->
                value.isTextual() ? faultsOfString(shape, value.asText(), place) : List.of(place + " is no text");
            default -> List.of(place + " has a type that is not checked here: " + type);
        };
    }

    private List<String> structure(JsonNode shape, JsonNode value, String place) {
        Stream<String> missing = StreamSupport.stream(shape.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .filter(name -> !value.has(name))
                .map(name -> place + " lacks " + name);
        Stream<String> wrong = value.properties().stream().flatMap(member -> {
            JsonNode known = shape.path("members").path(member.getKey());
            String inside = place + "." + member.getKey();
            return known.isMissingNode()
                    ? Stream.of(inside + " is no member")
                    : faults(known.path("shape").asText(), member.getValue(), inside).stream();
        });
        return Stream.concat(missing, wrong).toList();
    }

    private List<String> list(JsonNode shape, JsonNode value, String place) {
        return StreamSupport.stream(value.spliterator(), false)
                .flatMap(item -> faults(shape.at("/member/shape").asText(), item, place + "[]").stream())
                .toList();
    }

    private static List<String> faultsOfString(JsonNode shape, String value, String place) {
        JsonNode allowed = shape.path("enum");
        if (allowed.isArray() && !contains(allowed, value)) {
            return List.of(place + " is none of the values there are: " + value);
        }
        return bounds(shape, value.length(), place);
    }

    private static List<String> bounds(JsonNode shape, int value, String place) {
        return value < shape.path("min").asInt(Integer.MIN_VALUE)
                        || value > shape.path("max").asInt(Integer.MAX_VALUE)
                ? List.of(place + " is out of bounds: " + value)
                : List.of();
    }

    /**
     * Returns an answer with every member that an operation may answer with, one item in each list. A text is the path
     * of its member, if it may be any.
     */
    public ObjectNode fullAnswer(String operation) {
        return (ObjectNode) full(operation(operation).at("/output/shape").asText(), "");
    }

    private JsonNode full(String shapeName, String path) {
        JsonNode shape = shape(shapeName);
        return switch (shape.path("type").asText()) {
            case "structure" -> {
                ObjectNode whole = JsonNodeFactory.instance.objectNode();
                shape.path("members")
                        .properties()
                        .forEach(member -> whole.set(
                                member.getKey(),
                                full(member.getValue().path("shape").asText(), path + "/" + member.getKey())));
                yield whole;
            }
            case "list" ->
                JsonNodeFactory.instance
                        .arrayNode()
                        .add(full(shape.at("/member/shape").asText(), path));
            case "map" -> JsonNodeFactory.instance.objectNode();
            case "boolean" -> JsonNodeFactory.instance.booleanNode(true);
            case "timestamp" -> JsonNodeFactory.instance.numberNode(1_540_000_000.5);
            case "integer" ->
                JsonNodeFactory.instance.numberNode(shape.path("min").asInt(1));
            default ->
                JsonNodeFactory.instance.textNode(shape.path("enum").path(0).asText(path));
        };
    }

    /** Returns the values of an enumeration. */
    public SortedSet<String> values(String shape) {
        return StreamSupport.stream(shape(shape).path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the maximum of a parameter of a query. */
    public int most(String operation, String member) {
        JsonNode input = shape(operation(operation).at("/input/shape").asText());
        return shape(input.at("/members/" + member + "/shape").asText())
                .path("max")
                .asInt();
    }

    private JsonNode shape(String name) {
        JsonNode shape = model.path("shapes").path(name);
        if (shape.isMissingNode()) {
            throw new IllegalArgumentException("no shape " + name);
        }
        return shape;
    }

    private static boolean contains(JsonNode list, String text) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(each -> each.asText().equals(text));
    }

    private static final class Loaded {

        private static final ApiModel MODEL = load();

        private static ApiModel load() {
            try {
                Path file = Files.createTempFile("connect", ".json");
                try {
                    Commands.run(
                            Stream.concat(
                                            Stream.of("src/test/connect/model", file.toString(), "connect"),
                                            OPERATIONS.stream())
                                    .toList(),
                            Map.of());
                    return new ApiModel(new ObjectMapper().readTree(file.toFile()));
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
