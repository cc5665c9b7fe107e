package dev.linkedrole.iam;

/** A call to IAM that did not succeed, with what that means for whoever made it. */
public final class IamCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a failure means. */
    public enum Kind {
        /** There is a role of that name already. */
        ALREADY_EXISTS,
        /** There is no such role, or none that IAM can see yet. */
        NOT_FOUND,
        /** The role cannot be deleted while something is attached to it or holds it. */
        DELETE_CONFLICT,
        /** It may well succeed if it is tried again later: throttling, conflicting changes, outages, time-outs. */
        TRANSIENT,
        /** It will fail again until a person changes something: missing permissions, quotas, invalid input. */
        REFUSED
    }

    private final Kind kind;

    public IamCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether a failure is one of this kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof IamCallException iam && iam.kind == kind;
    }
}
