package dev.linkedrole.reconcile.concurrency;

/** Nothing was done about an event, for a reason that is not its own and of which the service tells by itself: there may be very many. */
public abstract sealed class NotBegunException extends RuntimeException
        permits SlowInstanceException, StalledAccountException, StoppingException {

    private static final long serialVersionUID = 1L;

    NotBegunException(String reason) {
        super(reason, null, false, false);
    }
}
