package dev.linkedrole.role.state;

import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.Glob;
import java.util.List;

/**
 * Policies that others attach to roles by rule, such as an organization's guard rails: they are neither compared nor
 * removed. A role's own policies are never among them.
 *
 * @param policies patterns of the ARNs or names of attached policies, and of the names of inline policies
 */
public record LeaveAlone(List<Glob> policies) {

    public static final LeaveAlone NOTHING = new LeaveAlone(List.of());

    public LeaveAlone {
        policies = List.copyOf(policies);
    }

    /** Creates the patterns of texts with wildcards. */
    public static LeaveAlone of(List<String> patterns) {
        return new LeaveAlone(patterns.stream().map(Glob::new).toList());
    }

    /** Returns the patterns as texts. */
    public List<String> texts() {
        return policies.stream().map(Glob::text).toList();
    }

    boolean isEmpty() {
        return policies.isEmpty();
    }

    boolean hasInline(String name) {
        return !name.startsWith(PolicySlot.INLINE_POLICY) && matches(name);
    }

    /** @param role the role's name, with which the names of its own managed policies begin */
    boolean hasAttached(String arn, String role) {
        String name = lastOf(arn);
        return !name.startsWith(role + "-") && (matches(arn) || matches(name));
    }

    /** Returns the name at the end of an ARN. */
    static String lastOf(String arn) {
        return arn.substring(arn.lastIndexOf('/') + 1);
    }

    private boolean matches(String text) {
        return policies.stream().anyMatch(pattern -> pattern.covers(text));
    }
}
