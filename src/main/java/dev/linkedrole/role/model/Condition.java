package dev.linkedrole.role.model;

import java.time.Instant;

/**
 * A named reason that a role is not as desired and that no retry removes.
 *
 * @param type the type of the condition
 * @param detail one sentence for an operator
 * @param since when it was first seen
 */
public record Condition(Type type, String detail, Instant since) {

    /** Types of conditions, named as operators see them. */
    public enum Type {
        /** A role of this name exists and does not carry our tags: it is left alone until an operator decides. */
        RoleNameTaken,
        /**
         * A role with our tags existed before its record, and grants more than is recorded: it only grows until an
         * operator decides.
         */
        RoleNotRecorded,
        /**
         * Another deployment of the same owner has marked the role as its own, and it is left alone; or {@code
         * RepairCounts.CONTESTED_AFTER} successive comparisons had to repair a component.
         */
        Contested,
        /** A managed policy of others has the name that the role needs: it is left alone. */
        PolicyNameTaken,
        /** The permissions do not fit; the role is unchanged. */
        PolicyTooLarge,
        /** IAM rejects for a reason that only an operator can change, such as missing permissions or a quota. */
        RefusedByIam,
        /** The role is service-linked, and IAM lets only its service change its permissions. */
        ProtectedRole,
        /** IAM has not finished deleting the role. */
        DeletionRunning,
        /** IAM could not delete the role, most likely because its service still uses it. */
        DeletionFailed,
        /** The instance's account cannot be accessed: no role is configured, or it may not be assumed. */
        AccountNotReachable,
        /** A recorded grant is no longer in the catalog, and so is not granted. */
        GrantNotInCatalog,
        /** Another catalog or setting would change the role, and waits for an operator; the role is as accepted. */
        ChangeHeld,
        /** An operator has paused writing to IAM, or the service only observes. Computed on read, and not recorded. */
        Paused,
        /** The role's outcome was not published yet. Computed on read, and not recorded. */
        OutcomeNotPublished;

        /**
         * True if a retry may resolve it. A role over its limits stays so until an event makes room, and IAM's
         * protection of service-linked roles does not pass.
         */
        public boolean mayPass() {
            return this != PolicyTooLarge && this != ProtectedRole;
        }
    }
}
