package dev.linkedrole.role.state;

import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.policy.Glob;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.policybuilder.iam.IamEffect;

/**
 * Change of a recorded role that another catalog, or other settings, would make, by permissions and not by the policies
 * that hold them.
 *
 * @param lost permissions that the role would lose, and denials that it would get
 * @param gained permissions that it would get, and denials that it would lose
 * @param restrictions other changes that may restrict it: boundary, trust, policies of others that stay no longer
 * @param rewritten true if IAM's copy would be written, perhaps with the same meaning
 */
public record RoleChange(
        SortedSet<String> lost, SortedSet<String> gained, List<String> restrictions, boolean rewritten) {

    /** Maximum number of permissions in a sentence: more than an operator reads at once. */
    private static final int MAX_LINES = 20;

    public RoleChange {
        lost = Collections.unmodifiableSortedSet(new TreeSet<>(lost));
        gained = Collections.unmodifiableSortedSet(new TreeSet<>(gained));
        restrictions = List.copyOf(restrictions);
    }

    /** Compares a role with the same role under other rules. */
    public static RoleChange between(DesiredRole.Present before, DesiredRole.Present after) {
        Permissions granted = Permissions.of(before.entries());
        Permissions next = Permissions.of(after.entries());
        SortedSet<String> lost = texts("", Permissions.missing(granted.allowed(), next.allowed()));
        lost.addAll(texts("Deny ", Permissions.missing(next.denied(), granted.denied())));
        SortedSet<String> gained = texts("", Permissions.missing(next.allowed(), granted.allowed()));
        gained.addAll(texts("no more Deny ", Permissions.missing(granted.denied(), next.denied())));
        return new RoleChange(
                lost, gained, restrictions(before, after), !before.fingerprint().equals(after.fingerprint()));
    }

    private static List<String> restrictions(DesiredRole.Present before, DesiredRole.Present after) {
        List<String> restrictions = new ArrayList<>();
        if (!before.serviceLinked()) {
            after.permissionsBoundary()
                    .filter(arn -> !before.permissionsBoundary().equals(Optional.of(arn)))
                    .ifPresent(arn -> restrictions.add("the permissions boundary " + arn));
            if (!before.trustPolicy().equals(after.trustPolicy())) {
                restrictions.add("another trust policy");
            }
        }
        before.leaveAlone().policies().stream()
                .filter(pattern ->
                        after.leaveAlone().policies().stream().noneMatch(other -> other.covers(pattern.text())))
                .forEach(pattern -> restrictions.add("removal of policies of others that match " + pattern.text()));
        return restrictions;
    }

    /** True if the role may lose something. */
    public boolean restricts() {
        return !lost.isEmpty() || !restrictions.isEmpty();
    }

    /** True if the role would change at all. */
    public boolean any() {
        return restricts() || !gained.isEmpty() || rewritten;
    }

    /** Returns the change in words, without a full stop. */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        if (!lost.isEmpty()) {
            parts.add("lose " + text(lost));
        }
        if (!gained.isEmpty()) {
            parts.add("gain " + text(gained));
        }
        if (!restrictions.isEmpty()) {
            parts.add("get " + String.join(", ", restrictions));
        }
        if (parts.isEmpty()) {
            parts.add("be written again with the same permissions");
        }
        return "it would " + String.join("; ", parts);
    }

    private static String text(Set<String> lines) {
        String named = String.join(", ", lines.stream().limit(MAX_LINES).toList());
        return lines.size() > MAX_LINES ? named + " and " + (lines.size() - MAX_LINES) + " more" : named;
    }

    private static SortedSet<String> texts(String prefix, Collection<Permission> permissions) {
        SortedSet<String> texts = new TreeSet<>();
        permissions.forEach(permission -> texts.add(prefix + permission.text()));
        return texts;
    }

    /** One action on one resource, under conditions. */
    private record Permission(String action, String resource, SortedMap<String, SortedMap<String, String>> conditions) {

        String text() {
            return action + " on " + resource + (conditions.isEmpty() ? "" : " if " + conditions);
        }

        Permission unconditional() {
            return new Permission(action, resource, new TreeMap<>());
        }

        boolean hasWildcard() {
            return action.contains("*") || action.contains("?") || resource.contains("*") || resource.contains("?");
        }

        boolean covers(Permission other) {
            return (conditions.isEmpty() || conditions.equals(other.conditions))
                    && new Glob(action).covers(other.action)
                    && new Glob(resource).covers(other.resource);
        }
    }

    private record Permissions(Set<Permission> allowed, Set<Permission> denied) {

        static Permissions of(List<StatementOnResource> entries) {
            Set<Permission> allowed = new LinkedHashSet<>();
            Set<Permission> denied = new LinkedHashSet<>();
            entries.forEach(entry -> entry.statement()
                    .actions()
                    .forEach(action -> (entry.statement().effect().equals(IamEffect.DENY) ? denied : allowed)
                            .add(new Permission(
                                    action, entry.resource(), entry.statement().conditions()))));
            return new Permissions(allowed, denied);
        }

        /** Returns those permissions that none of the others covers. */
        static List<Permission> missing(Set<Permission> these, Set<Permission> others) {
            List<Permission> rest = these.stream()
                    .filter(one -> !others.contains(one) && !others.contains(one.unconditional()))
                    .toList();
            List<Permission> wide = rest.isEmpty()
                    ? List.of()
                    : others.stream().filter(Permission::hasWildcard).toList();
            return rest.stream()
                    .filter(one -> wide.stream().noneMatch(other -> other.covers(one)))
                    .toList();
        }
    }
}
