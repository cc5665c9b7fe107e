package dev.linkedrole.reconcile.concurrency;

/**
 * An event was not begun, for a reason outside the event that is logged elsewhere; so it is not logged for each event,
 * of which there may be very many.
 */
public abstract sealed class NotBegunException extends RuntimeException
        permits SlowInstanceException, StalledAccountException, StoppingException {

    private static final long serialVersionUID = 1L;

    NotBegunException(String reason) {
        super(reason, null, false, false);
    }
}
