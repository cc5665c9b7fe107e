package dev.linkedrole.role.state;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.packing.StatementOnResource;
import dev.linkedrole.role.packing.Statements;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A role as IAM has it, together with its own managed policies, attached or not.
 *
 * @param role the role
 * @param arns ARNs of its managed policies
 * @param managed its existing managed policies that are ours
 */
public record ObservedRole(ActualRole.Present role, PolicyArns arns, SortedMap<PolicySlot, ManagedPolicy> managed) {

    public ObservedRole {
        managed = Collections.unmodifiableSortedMap(new TreeMap<>(managed));
    }

    /** Returns the highest number of an attached managed policy with a name of ours; 0 if none is. */
    public static int highestAttached(ActualRole.Present role, PolicyArns arns) {
        return role.attachedPolicies().stream()
                .flatMap(arn -> arns.slotOf(arn).stream())
                .mapToInt(PolicySlot::number)
                .max()
                .orElse(0);
    }

    /** Returns the placement of the role's statements. A policy that is not attached allows nothing. */
    public Placement placement() {
        SortedMap<PolicySlot, String> documents = new TreeMap<>();
        Optional.ofNullable(role.inlinePolicies().get(PolicySlot.INLINE_POLICY))
                .ifPresent(json -> documents.put(PolicySlot.INLINE, json));
        managed.forEach((slot, policy) -> {
            if (isAttached(slot)) {
                documents.put(slot, policy.document());
            }
        });
        return Placement.read(documents);
    }

    /** Lists undesired grants: statements, resources, and policies of others by their ARNs. */
    public List<String> beyond(DesiredRole.Present desired) {
        return minus(lines(), lines(desired));
    }

    /** Lists desired grants that are missing. */
    public List<String> missing(DesiredRole.Present desired) {
        return minus(lines(desired), lines());
    }

    private static List<String> minus(List<String> these, List<String> those) {
        Set<String> rest = new TreeSet<>(these);
        rest.removeAll(new TreeSet<>(those));
        return List.copyOf(rest);
    }

    private List<String> lines() {
        return lines(Optional.empty());
    }

    private List<String> lines(Optional<String> without) {
        List<String> lines = new ArrayList<>();
        role.inlinePolicies().entrySet().stream()
                .filter(entry -> without.filter(entry.getKey()::equals).isEmpty())
                .forEach(entry -> lines.addAll(PolicyDocument.lines(entry.getValue())));
        managed.forEach((slot, policy) -> {
            if (isAttached(slot)) {
                lines.addAll(PolicyDocument.lines(policy.document()));
            }
        });
        lines.addAll(attachedOfOthers());
        return lines;
    }

    private static List<String> lines(DesiredRole.Present desired) {
        return desired.packing().documents().values().stream()
                .flatMap(document -> PolicyDocument.lines(document).stream())
                .toList();
    }

    /**
     * Returns the content that one inline policy needs so that no desired grant is missing: the grants that no other
     * policy of the role has. Empty if none is missing.
     */
    public Optional<String> supplement(DesiredRole.Present desired, String policy) {
        Set<String> granted = new TreeSet<>(lines(Optional.of(policy)));
        List<StatementOnResource> lacking = desired.entries().stream()
                .filter(entry -> !granted.containsAll(PolicyDocument.lines(Statements.policy(List.of(entry)))))
                .toList();
        return lacking.isEmpty() ? Optional.empty() : Optional.of(Statements.policy(lacking));
    }

    /** Returns the number of characters available to an inline policy of this name beside the others. */
    public int roomInline(String policy) {
        return PolicyDocument.MAX_INLINE_SIZE
                - role.inlinePolicies().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(policy))
                        .mapToInt(entry -> PolicyDocument.size(entry.getValue()))
                        .sum();
    }

    /** Returns the fingerprint of this role for a comparison with the desired one. */
    public RoleFingerprint fingerprint(DesiredRole.Present desired) {
        SortedMap<RoleComponent, String> digests =
                new TreeMap<>(role.fingerprint(desired).digests());
        managed.forEach((slot, policy) -> {
            digests.remove(new RoleComponent.Attached(arns.of(slot)));
            digests.put(
                    new RoleComponent.Managed(slot),
                    isAttached(slot) ? PolicyDocument.digest(policy.document()) : RoleFingerprint.UNATTACHED);
        });
        return new RoleFingerprint(digests);
    }

    /**
     * Returns components of others that keep the role from growing, since they use up its limits for inline policies or
     * attached ones.
     */
    public Set<RoleComponent> inTheWay(DesiredRole.Present desired) {
        SortedSet<RoleComponent> inTheWay = new TreeSet<>();
        Map<String, String> inline = new TreeMap<>(role.inlinePolicies());
        inline.remove(PolicySlot.INLINE_POLICY);
        int size = inline.values().stream().mapToInt(PolicyDocument::size).sum();
        if (size + desired.longestInline() > PolicyDocument.MAX_INLINE_SIZE) {
            inline.keySet().forEach(policy -> inTheWay.add(new RoleComponent.Inline(policy)));
        }
        SortedSet<String> attached = attachedOfOthers();
        int own = desired.packing().managedPolicies();
        if (own > 0 && own + attached.size() > desired.managedPolicies()) {
            attached.forEach(arn -> inTheWay.add(new RoleComponent.Attached(arn)));
        }
        return inTheWay;
    }

    /** Returns the ARNs of attached policies that are not the role's own. */
    private SortedSet<String> attachedOfOthers() {
        return role.attachedPolicies().stream()
                .filter(arn -> arns.slotOf(arn)
                        .filter(slot -> managed.containsKey(slot))
                        .isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isAttached(PolicySlot slot) {
        return role.attachedPolicies().contains(arns.of(slot));
    }
}
