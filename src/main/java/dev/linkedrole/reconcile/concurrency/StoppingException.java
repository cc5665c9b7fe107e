package dev.linkedrole.reconcile.concurrency;

/** Work was not begun, since this process is stopping; another replica will do it. */
public final class StoppingException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    public StoppingException() {
        super("the service is being stopped, and begins nothing more");
    }
}
