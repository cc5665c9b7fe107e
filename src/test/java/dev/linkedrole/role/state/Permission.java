package dev.linkedrole.role.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One action on one resource under conditions: the smallest unit that a policy allows. A policy means the set of its
 * permissions, however it is written.
 *
 * @param action such as {@code s3:GetObject}
 * @param resource the resource of the action
 * @param condition the statement's conditions as JSON; empty if there are none
 */
public record Permission(String action, String resource, String condition) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Permission of(String action, String resource) {
        return new Permission(action, resource, "");
    }

    /** Returns the permissions of a policy; fails on elements other than those that allow actions on resources. */
    public static Set<Permission> in(String policy) {
        Set<Permission> permissions = new HashSet<>();
        for (JsonNode statement : each(parse(policy).path("Statement"))) {
            statement.fieldNames().forEachRemaining(Permission::requireKnown);
            if (!statement.path("Effect").asText().equals("Allow")) {
                throw new AssertionError("a statement that does not allow: " + statement);
            }
            for (JsonNode action : each(statement.path("Action"))) {
                for (JsonNode resource : each(statement.path("Resource"))) {
                    permissions.add(new Permission(
                            action.textValue(),
                            resource.textValue(),
                            statement.has("Condition")
                                    ? statement.path("Condition").toString()
                                    : ""));
                }
            }
        }
        return permissions;
    }

    private static JsonNode parse(String policy) {
        try {
            return JSON.readTree(policy);
        } catch (JsonProcessingException e) {
            throw new AssertionError("this is not JSON: " + policy, e);
        }
    }

    private static List<JsonNode> each(JsonNode oneOrMore) {
        List<JsonNode> nodes = new ArrayList<>();
        if (oneOrMore.isArray()) {
            oneOrMore.forEach(nodes::add);
        } else {
            nodes.add(oneOrMore);
        }
        return nodes;
    }

    private static void requireKnown(String element) {
        if (!Set.of("Sid", "Effect", "Action", "Resource", "Condition").contains(element)) {
            throw new AssertionError("a statement with " + element);
        }
    }
}
