package dev.linkedrole.reconcile;

/** The role carries the tag of another owner, who has to remove it before the role can be adopted. */
public final class NotAdoptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotAdoptedException(String role, String owner) {
        super(
                role + " belongs to the owner " + owner + " by its tag linked-role:managed-by, and is not adopted",
                null,
                false,
                false);
    }
}
