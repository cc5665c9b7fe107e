package dev.linkedrole.role.packing;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One write of a policy of a role, on the way from one placement to another.
 *
 * @param slot the policy
 * @param content all its statements after the write; empty if the policy is revoked
 */
public record RepackStep(PolicySlot slot, SortedSet<StatementOnResource> content) {

    public RepackStep {
        content = Collections.unmodifiableSortedSet(new TreeSet<>(content));
    }
}
