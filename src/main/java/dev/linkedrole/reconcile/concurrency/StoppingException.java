package dev.linkedrole.reconcile.concurrency;

/** Nothing was begun, since this process is being stopped: it is for another one to do. */
public final class StoppingException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    public StoppingException() {
        super("the service is being stopped, and begins nothing more");
    }
}
