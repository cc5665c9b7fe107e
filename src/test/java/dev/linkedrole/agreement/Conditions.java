package dev.linkedrole.agreement;

import com.fasterxml.jackson.databind.JsonNode;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.iam.Permission;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The conditions of a permission, all of which ask for one value of one key.
 *
 * @param context the keys with the value that each must have
 */
record Conditions(SortedMap<String, String> context) {

    private static final Set<String> UNDERSTOOD = Set.of("StringEquals", "StringLike");

    static Conditions of(Permission permission) {
        SortedMap<String, String> context = new TreeMap<>();
        if (!permission.condition().isEmpty()) {
            for (var operator : Permission.parse(permission.condition()).properties()) {
                if (!UNDERSTOOD.contains(operator.getKey())) {
                    throw new AssertionError("not understood here: " + permission);
                }
                operator.getValue().properties().forEach(key -> context.put(key.getKey(), value(key.getValue())));
            }
        }
        return new Conditions(context);
    }

    /** True if a request fulfils the conditions. */
    boolean hold(Request request) {
        return context.entrySet().stream()
                .allMatch(condition ->
                        condition.getValue().equals(request.context().get(condition.getKey())));
    }

    private static String value(JsonNode value) {
        return value.asText().replace("${aws:PrincipalAccount}", Instance.ACCOUNT);
    }
}
