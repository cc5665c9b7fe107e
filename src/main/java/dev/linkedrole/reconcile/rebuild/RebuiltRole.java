package dev.linkedrole.reconcile.rebuild;

import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceArn;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role in IAM that bears our tags, and what of it was missing in the ledger.
 *
 * @param instance the instance that its tag names
 * @param grants grants that the role has and the ledger lacked
 * @param unexplained lines of its policies that no grant of the catalog gives; they are not recorded
 * @param detail reason why nothing is recorded, or was not; empty otherwise
 */
public record RebuiltRole(
        InstanceArn instance,
        String roleArn,
        Result result,
        SortedSet<Grant> grants,
        List<String> unexplained,
        Optional<String> detail) {

    /** Results of the rebuilding of a role. */
    public enum Result {
        /** The ledger lacked something of the role, which is recorded, or would be in a dry run. */
        RECORDED,
        /** The ledger has the role with all its grants. */
        COMPLETE,
        /** The ledger knows the role otherwise: its instance is deleted, it is released, or another is recorded. */
        LEFT,
        /** IAM or the ledger did not answer, or the event was rejected; the next run tries again. */
        FAILED
    }

    public RebuiltRole {
        grants = Collections.unmodifiableSortedSet(new TreeSet<>(grants));
        unexplained = List.copyOf(unexplained);
    }

    /** Returns this role with the reason why nothing was recorded. */
    RebuiltRole failed(String why) {
        return new RebuiltRole(instance, roleArn, Result.FAILED, grants, unexplained, Optional.of(why));
    }
}
