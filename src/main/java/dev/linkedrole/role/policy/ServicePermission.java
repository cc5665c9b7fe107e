package dev.linkedrole.role.policy;

import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Some actions of a service on some resources, as a statement of a policy has them.
 *
 * @param action an action, or several by wildcards, such as {@code lex:PostContent}, {@code lex:*} or {@code *}; {@code
 *     * except ...} if the statement names those that it excludes
 * @param resource an ARN, perhaps with wildcards, or {@code *}; {@code * except ...} likewise
 * @param conditions operator, such as {@code StringEquals}, to condition key to values; empty if there are none
 */
public record ServicePermission(
        String action, String resource, SortedMap<String, SortedMap<String, SortedSet<String>>> conditions)
        implements Comparable<ServicePermission> {

    private static final Comparator<ServicePermission> ORDER = Comparator.comparing(ServicePermission::action)
            .thenComparing(ServicePermission::resource)
            .thenComparing(permission -> permission.conditions().toString());

    public ServicePermission {
        conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
    }

    /**
     * True if this permission covers the other one completely. In doubt it does not: conditions are not compared with
     * each other.
     */
    boolean covers(ServicePermission other) {
        return (conditions.isEmpty() || conditions.equals(other.conditions))
                && new Glob(lowerCase(action)).covers(lowerCase(other.action))
                && new Glob(resource).covers(other.resource);
    }

    /** Returns an action in lower case, since the case of actions does not matter. */
    private static String lowerCase(String action) {
        return action.toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(ServicePermission other) {
        return ORDER.compare(this, other);
    }
}
