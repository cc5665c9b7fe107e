package dev.linkedrole.connect;

/** A failed call to Amazon Connect, with the meaning of the failure for its caller. */
public final class ConnectCallException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The meaning of a failure. */
    public enum Kind {
        /** Amazon Connect rejects requests, since there were too many. */
        THROTTLED,
        /** The failure is temporary: outages, time-outs, expired credentials. */
        UNAVAILABLE,
        /** The account cannot be accessed: no role is configured, it may not be assumed, or its credentials are bad. */
        UNREACHABLE,
        /** The credentials lack a permission. */
        DENIED,
        /** There is no such instance. */
        NOT_FOUND,
        /** Amazon Connect takes the request for invalid. */
        REJECTED,
        /** The answer cannot be read. */
        MALFORMED
    }

    private final Kind kind;

    public ConnectCallException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public ConnectCallException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** True if a later attempt may succeed without a person's help. */
    public boolean mayPass() {
        return switch (kind) {
            case THROTTLED, UNAVAILABLE -> true;
            case UNREACHABLE, DENIED, NOT_FOUND, REJECTED, MALFORMED -> false;
        };
    }

    /** True if every other call in the same account and region would fail as well. */
    public boolean concernsLocation() {
        return switch (kind) {
            case THROTTLED, UNAVAILABLE, UNREACHABLE -> true;
            case DENIED, NOT_FOUND, REJECTED, MALFORMED -> false;
        };
    }

    /** True if a failure is of this kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof ConnectCallException connect && connect.kind == kind;
    }
}
