package dev.linkedrole.reconcile;

import dev.linkedrole.reconcile.apply.AttachedPolicy;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role as desired, and as IAM had it a moment ago.
 *
 * @param desired the role that the record asks for
 * @param actual the role in IAM under its name
 * @param attached the managed policies attached to it, by their ARNs
 */
public record Inspection(DesiredRole desired, ActualRole actual, SortedMap<String, AttachedPolicy> attached) {

    public Inspection {
        attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
    }

    /**
     * Returns the desired permission policies as JSON: the inline one by its name, managed ones by their ARNs; none if
     * the role need not exist.
     */
    public SortedMap<String, String> desiredPolicies() {
        return policies(desired, actualArn());
    }

    /** Returns the role's ARN; empty if IAM has no such role. */
    public Optional<String> actualArn() {
        return actual instanceof ActualRole.Present present ? Optional.of(present.arn()) : Optional.empty();
    }

    /**
     * Returns the desired permission policies of a role that was not read from IAM.
     *
     * @param roleArn the role's ARN; without one, managed policies are listed by their names
     */
    public static SortedMap<String, String> policies(DesiredRole desired, Optional<String> roleArn) {
        SortedMap<String, String> policies = new TreeMap<>();
        if (desired instanceof DesiredRole.Present present) {
            Optional<PolicyArns> arns = roleArn.map(arn -> PolicyArns.of(arn, present.path(), present.name()));
            present.packing().documents().forEach((slot, json) -> policies.put(nameOf(slot, present, arns), json));
        }
        return policies;
    }

    private static String nameOf(PolicySlot slot, DesiredRole.Present desired, Optional<PolicyArns> arns) {
        String name = slot.policyName(desired.name());
        return slot.isInline() ? name : arns.map(all -> all.of(slot)).orElse(name);
    }

    /** Returns the desired trust policy as JSON; empty if the role need not exist. */
    public static Optional<String> trust(DesiredRole desired) {
        return desired instanceof DesiredRole.Present present ? Optional.of(present.trustPolicy()) : Optional.empty();
    }

    /** Returns the permission policies in IAM as JSON: inline ones by their names, managed ones by their ARNs. */
    public SortedMap<String, String> actualPolicies() {
        SortedMap<String, String> policies = new TreeMap<>();
        attached.forEach((arn, policy) -> policies.put(arn, policy.policy().document()));
        if (actual instanceof ActualRole.Present present) {
            policies.putAll(present.inlinePolicies());
        }
        return policies;
    }

    /** Returns the actual trust policy as JSON; empty if IAM has no such role. */
    public Optional<String> actualTrust() {
        return actual instanceof ActualRole.Present present ? Optional.of(present.trustPolicy()) : Optional.empty();
    }
}
