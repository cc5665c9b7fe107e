package dev.linkedrole.iam;

/** A failed call to IAM, with the meaning of the failure for its caller. */
public final class IamCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The meaning of a failure. */
    public enum Kind {
        /** A role of that name exists already. */
        ALREADY_EXISTS,
        /** A managed policy of that name exists already, and it is not ours. */
        NAME_TAKEN,
        /** No such role exists, or IAM does not show it yet. */
        NOT_FOUND,
        /** Another entity that the call names, such as a boundary, does not exist, or IAM does not show it yet. */
        REFERENCE_MISSING,
        /** The role cannot be deleted while entities are attached to it or contain it. */
        DELETE_CONFLICT,
        /** The role is service-linked: only its service may make this change. */
        PROTECTED,
        /** The failure is temporary: throttling, conflicting changes, outages, time-outs. */
        TRANSIENT,
        /** The role or the policy has reached a limit; something else has to be revoked first. */
        LIMIT_EXCEEDED,
        /** Every attempt fails until a person changes something: missing permissions, quotas, invalid input. */
        REFUSED,
        /** The account cannot be accessed: no role is configured, or it may not be assumed. */
        UNREACHABLE
    }

    private final Kind kind;

    public IamCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Creates a failure that is not the answer to a call. */
    public IamCallException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** True if only a person can resolve it. */
    public boolean isFinal() {
        return switch (kind) {
            case NAME_TAKEN, PROTECTED, LIMIT_EXCEEDED, REFERENCE_MISSING, REFUSED, UNREACHABLE -> true;
            case ALREADY_EXISTS, NOT_FOUND, DELETE_CONFLICT, TRANSIENT -> false;
        };
    }

    /** True if the cause may be that IAM does not show a recent write yet. */
    public boolean mayBeLag() {
        return switch (kind) {
            case ALREADY_EXISTS, NOT_FOUND, DELETE_CONFLICT -> true;
            case NAME_TAKEN, PROTECTED, TRANSIENT, LIMIT_EXCEEDED, REFERENCE_MISSING, REFUSED, UNREACHABLE -> false;
        };
    }

    public Kind kind() {
        return kind;
    }

    /** True if a failure is of this kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof IamCallException iam && iam.kind == kind;
    }
}
