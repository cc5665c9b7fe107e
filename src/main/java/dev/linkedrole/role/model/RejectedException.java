package dev.linkedrole.role.model;

/**
 * Carries a {@link Rejection} to the code that rejects the message. It has no stack trace: the fault is the sender's.
 */
public final class RejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public RejectedException(Rejection rejection) {
        super(rejection.reason().code() + ": " + rejection.detail(), null, false, false);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
