package dev.linkedrole.role;

import java.time.Instant;

/**
 * Something that keeps a role from being what is wanted, and that no retry mends.
 *
 * @param type which
 * @param detail one sentence for an operator
 * @param since when it was first seen
 */
public record Condition(Type type, String detail, Instant since) {

    /** The kinds, named as operators see them. */
    public enum Type {
        /** A role of this name exists and does not carry our tags: it is left alone until an operator decides. */
        RoleNameTaken,
        /** The permissions do not fit; the role is left as it was. */
        PolicyTooLarge,
        /** IAM refuses for a reason that only an operator can change, such as missing permissions or a quota. */
        RefusedByIam,
        /** A recorded grant is not in the catalog any more, and so is not granted. */
        GrantNotInCatalog;

        /** Whether trying again may mend it. What did not fit will not fit; it takes an event that makes room. */
        public boolean mayPass() {
            return this != PolicyTooLarge;
        }
    }
}
