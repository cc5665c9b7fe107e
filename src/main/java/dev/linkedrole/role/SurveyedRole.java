package dev.linkedrole.role;

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
 * @param arns where its managed policies are
 * @param managed those that there are and that are ours
 */
public record SurveyedRole(ActualRole.Present role, PolicyArns arns, SortedMap<Home, ManagedPolicy> managed) {

    public SurveyedRole {
        managed = Collections.unmodifiableSortedMap(new TreeMap<>(managed));
    }

    /** The highest number of a managed policy that is attached under a name of ours; 0 if none is. */
    public static int highestAttached(ActualRole.Present role, PolicyArns arns) {
        return role.attachedPolicies().stream()
                .flatMap(arn -> arns.homeOf(arn).stream())
                .mapToInt(Home::number)
                .max()
                .orElse(0);
    }

    /** Where the role's allowances are. What is not attached allows nothing. */
    public Placement placement() {
        SortedMap<Home, String> documents = new TreeMap<>();
        Optional.ofNullable(role.inlinePolicies().get(Home.INLINE_POLICY))
                .ifPresent(json -> documents.put(Home.INLINE, json));
        managed.forEach((home, policy) -> {
            if (isAttached(home)) {
                documents.put(home, policy.document());
            }
        });
        return Placement.read(documents);
    }

    /** What it grants and is not wanted to, in lines: statements, resources, and policies of others by their ARNs. */
    public List<String> beyond(WantedRole.Present wanted) {
        return minus(lines(), lines(wanted));
    }

    /** What it is wanted to grant, and does not. */
    public List<String> missing(WantedRole.Present wanted) {
        return minus(lines(wanted), lines());
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
        managed.forEach((home, policy) -> {
            if (isAttached(home)) {
                lines.addAll(PolicyDocument.lines(policy.document()));
            }
        });
        role.attachedPolicies().stream()
                .filter(arn -> arns.homeOf(arn)
                        .filter(home -> managed.containsKey(home))
                        .isEmpty())
                .forEach(lines::add);
        return lines;
    }

    private static List<String> lines(WantedRole.Present wanted) {
        return wanted.packing().documents().values().stream()
                .flatMap(document -> PolicyDocument.lines(document).stream())
                .toList();
    }

    /**
     * The policy of all that the role is wanted to grant and does not without one of its inline policies: what that one has to say, so that
     * nothing is missing and nothing else is written. Empty if that is nothing.
     */
    public Optional<String> supplement(WantedRole.Present wanted, String policy) {
        Set<String> granted = new TreeSet<>(lines(Optional.of(policy)));
        List<Allowance> lacking = wanted.allowances().stream()
                .filter(allowance -> !granted.containsAll(PolicyDocument.lines(Statements.policy(List.of(allowance)))))
                .toList();
        return lacking.isEmpty() ? Optional.empty() : Optional.of(Statements.policy(lacking));
    }

    /** How many characters IAM has for an inline policy of this name beside the others. */
    public int roomInline(String policy) {
        return PolicyDocument.MAX_INLINE_SIZE
                - role.inlinePolicies().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(policy))
                        .mapToInt(entry -> PolicyDocument.size(entry.getValue()))
                        .sum();
    }

    /** The role as it compares with what is wanted. */
    public Footprint footprint(WantedRole.Present wanted) {
        SortedMap<Facet, String> digests = new TreeMap<>(role.footprint(wanted).digests());
        managed.forEach((home, policy) -> {
            digests.remove(new Facet.Attached(arns.of(home)));
            digests.put(
                    new Facet.Managed(home),
                    isAttached(home) ? PolicyDocument.digest(policy.document()) : Footprint.UNATTACHED);
        });
        return new Footprint(digests);
    }

    /**
     * What somebody else has put on the role and what keeps it from growing: it shares the room that IAM has for inline policies,
     * and for attached ones.
     */
    public Set<Facet> inTheWay(WantedRole.Present wanted) {
        SortedSet<Facet> inTheWay = new TreeSet<>();
        Map<String, String> inline = new TreeMap<>(role.inlinePolicies());
        inline.remove(Home.INLINE_POLICY);
        int size = inline.values().stream().mapToInt(PolicyDocument::size).sum();
        if (size + wanted.longestInline() > PolicyDocument.MAX_INLINE_SIZE) {
            inline.keySet().forEach(policy -> inTheWay.add(new Facet.Inline(policy)));
        }
        SortedSet<String> attached = role.attachedPolicies().stream()
                .filter(arn -> arns.homeOf(arn)
                        .filter(home -> managed.containsKey(home))
                        .isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        int own = wanted.packing().managedPolicies();
        if (own > 0 && own + attached.size() > wanted.managedPolicies()) {
            attached.forEach(arn -> inTheWay.add(new Facet.Attached(arn)));
        }
        return inTheWay;
    }

    private boolean isAttached(Home home) {
        return role.attachedPolicies().contains(arns.of(home));
    }
}
