package dev.linkedrole.iam;

/** A failed call to IAM, with the meaning of the failure for its caller. */
public final class IamCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The meaning of a failure. */
    public enum Kind {
        /** There is a role of that name already. */
        ALREADY_EXISTS,
        /** There is a managed policy of that name already, and it is not ours. */
        NAME_TAKEN,
        /** There is no such role, or none that IAM can see yet. */
        NOT_FOUND,
        /** Something else that the call names, such as a boundary, does not exist, or IAM does not see it yet. */
        REFERENCE_MISSING,
        /** The role cannot be deleted while something is attached to it or holds it. */
        DELETE_CONFLICT,
        /** The role is service-linked: only its service may change it so. */
        PROTECTED,
        /** A later attempt may well succeed: throttling, conflicting changes, outages, time-outs. */
        TRANSIENT,
        /** IAM lets a role or a policy have no more of that, unless something else is revoked first. */
        LIMIT_EXCEEDED,
        /** Every attempt fails until a person changes something: missing permissions, quotas, invalid input. */
        REFUSED,
        /** There is no way into the account: no role to assume there, or one that may not be assumed. */
        UNREACHABLE
    }

    private final Kind kind;

    public IamCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A failure that is not the answer to a call. */
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

    /** True if the cause may be that IAM does not show yet what was written a moment ago. */
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
