package dev.linkedrole.role.packing;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One policy of a role written again, on the way from one placement to another.
 *
 * @param slot the policy
 * @param content everything that it holds after that; empty if it is revoked
 */
public record RepackStep(PolicySlot slot, SortedSet<StatementOnResource> content) {

    public RepackStep {
        content = Collections.unmodifiableSortedSet(new TreeSet<>(content));
    }
}
