package dev.linkedrole.reconcile;

import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.WantedRole;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A role as it has to be, and as IAM had it a moment ago.
 *
 * @param wanted what is recorded makes it have to be this
 * @param actual what IAM has under its name
 * @param attached what the managed policies attached to it say, as JSON, by their ARNs
 */
public record Inspection(WantedRole wanted, ActualRole actual, SortedMap<String, String> attached) {

    public Inspection {
        attached = Collections.unmodifiableSortedMap(new TreeMap<>(attached));
    }

    /** The permission policies it has to have by their names, as JSON; none if it does not have to exist. */
    public static SortedMap<String, String> policies(WantedRole wanted) {
        return wanted instanceof WantedRole.Present present ? present.inlinePolicies() : new TreeMap<>();
    }

    /** Who has to be allowed to assume it, as JSON; empty if it does not have to exist. */
    public static Optional<String> trust(WantedRole wanted) {
        return wanted instanceof WantedRole.Present present ? Optional.of(present.trustPolicy()) : Optional.empty();
    }

    /** The permission policies that IAM has, as JSON: inline ones by their names, managed ones by their ARNs. */
    public SortedMap<String, String> actualPolicies() {
        SortedMap<String, String> policies = new TreeMap<>(attached);
        if (actual instanceof ActualRole.Present present) {
            policies.putAll(present.inlinePolicies());
        }
        return policies;
    }

    /** Who may assume it, as JSON; empty if IAM has no such role. */
    public Optional<String> actualTrust() {
        return actual instanceof ActualRole.Present present ? Optional.of(present.trustPolicy()) : Optional.empty();
    }
}
