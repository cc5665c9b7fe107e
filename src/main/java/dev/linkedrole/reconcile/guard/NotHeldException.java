package dev.linkedrole.reconcile.guard;

/** A release names a change that is not held here. */
public final class NotHeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotHeldException(String message) {
        super(message, null, false, false);
    }
}
