package dev.linkedrole.role.model;

import java.time.Instant;

/**
 * Something that keeps a role from being what is wanted, and that no retry mends.
 *
 * @param type the type of the condition
 * @param detail one sentence for an operator
 * @param since when it was first seen
 */
public record Condition(Type type, String detail, Instant since) {

    /** The kinds, named as operators see them. */
    public enum Type {
        /** A role of this name exists and does not carry our tags: it is left alone until an operator decides. */
        RoleNameTaken,
        /** A role with our tags was there before anything was recorded of it, and grants more than is: it only grows until an operator decides. */
        RoleNotRecorded,
        /**
         * Another deployment of the same owner has marked the role as its own, and it is left alone; or a component of it had to be put right by
         * {@code RepairCounts.CONTESTED_AFTER} comparisons in a row.
         */
        Contested,
        /** A managed policy of others has the name that the role needs: it is left alone. */
        PolicyNameTaken,
        /** The permissions do not fit; the role is left as it was. */
        PolicyTooLarge,
        /** IAM rejects for a reason that only an operator can change, such as missing permissions or a quota. */
        RefusedByIam,
        /** The role is service-linked, and IAM lets only its service change its permissions. */
        ProtectedRole,
        /** IAM is still at deleting the role. */
        DeletionRunning,
        /** IAM could not delete the role, most likely because its service still uses it. */
        DeletionFailed,
        /** There is no way into the instance's account: none is configured, or the role there may not be assumed. */
        AccountNotReachable,
        /** A recorded grant is not in the catalog any more, and so is not granted. */
        GrantNotInCatalog,
        /** The role's outcome was not published yet. Computed on read, and not recorded. */
        OutcomeNotPublished;

        /**
         * True if a retry may resolve it. A role over its limits stays so until an event makes room, and IAM's protection of service-linked
         * roles does not pass.
         */
        public boolean mayPass() {
            return this != PolicyTooLarge && this != ProtectedRole;
        }
    }
}
