package dev.linkedrole.testing.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One action on one resource under one condition.
 *
 * @param condition the condition as in the policy, or nothing
 */
public record Permission(String action, String resource, String condition) implements Comparable<Permission> {

    private static final Comparator<Permission> ORDER = Comparator.comparing(Permission::action)
            .thenComparing(Permission::resource)
            .thenComparing(Permission::condition);

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> EFFECTS = Set.of("Allow", "Deny");

    /** Elements of a statement that {@link #allowedBy} can evaluate. */
    private static final Set<String> UNDERSTOOD = Set.of("Sid", "Effect", "Action", "Resource", "Condition");

    public static Permission of(String action, String resource) {
        return new Permission(action, resource, "");
    }

    /** Cross product of actions and resources. */
    public static Stream<Permission> all(List<String> actions, String... resources) {
        return actions.stream().flatMap(action -> Stream.of(resources).map(resource -> of(action, resource)));
    }

    /** Permissions that a policy allows; fails if it has other elements, which could change their meaning. */
    public static SortedSet<Permission> allowedBy(String policy) {
        require(deniedBy(policy).isEmpty(), policy);
        return allowedUnlessDenied(policy);
    }

    /** Permissions that a policy allows, without regard to those that are {@link #deniedBy denied}. */
    public static SortedSet<Permission> allowedUnlessDenied(String policy) {
        return with("Allow", policy);
    }

    /** Permissions that a policy denies. */
    public static SortedSet<Permission> deniedBy(String policy) {
        return with("Deny", policy);
    }

    private static SortedSet<Permission> with(String effect, String policy) {
        SortedSet<Permission> permissions = new TreeSet<>();
        for (JsonNode statement : list(parse(policy).path("Statement"))) {
            require(EFFECTS.contains(statement.path("Effect").asText()), policy);
            if (!statement.path("Effect").asText().equals(effect)) {
                continue;
            }
            require(statement.properties().stream().allMatch(field -> UNDERSTOOD.contains(field.getKey())), policy);
            String condition = statement.path("Condition").isMissingNode()
                    ? ""
                    : statement.path("Condition").toString();
            texts(statement.path("Action"))
                    .forEach(action -> texts(statement.path("Resource"))
                            .forEach(resource -> permissions.add(new Permission(action, resource, condition))));
        }
        return permissions;
    }

    public static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is not JSON: " + json, e);
        }
    }

    private static void require(boolean understood, String policy) {
        if (!understood) {
            throw new AssertionError("the policy does more than allow actions on resources: " + policy);
        }
    }

    private static List<JsonNode> list(JsonNode node) {
        return node.isArray() ? StreamSupport.stream(node.spliterator(), false).toList() : List.of(node);
    }

    private static List<String> texts(JsonNode node) {
        return list(node).stream().map(JsonNode::asText).toList();
    }

    @Override
    public int compareTo(Permission other) {
        return ORDER.compare(this, other);
    }
}
