package dev.linkedrole.ledger;

/** Failed call to the ledger. It may have taken effect all the same. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The meaning of a failure. */
    public enum Kind {
        /** No answer: the network, a time-out, no credentials; or the store failed. */
        UNAVAILABLE,
        /** The store accepts no more calls at the moment. */
        THROTTLED,
        /** The table does not exist. */
        TABLE_MISSING,
        /** This service may not use the table. */
        ACCESS_DENIED,
        /** Every attempt conflicted with other calls. */
        CONFLICT,
        /** The call itself was rejected, and would be again. */
        REFUSED
    }

    private final Kind kind;

    public LedgerException(Kind kind, Throwable cause) {
        super(cause.getMessage(), cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** True if a failure concerns the ledger as a whole, so that any other call would fail as well. */
    public static boolean concernsLedger(Throwable failure) {
        return failure instanceof LedgerException ledger
                && switch (ledger.kind) {
                    case UNAVAILABLE, THROTTLED, TABLE_MISSING, ACCESS_DENIED -> true;
                    case CONFLICT, REFUSED -> false;
                };
    }

    /** True if a failure is of this kind. */
    public static boolean is(Throwable failure, Kind kind) {
        return failure instanceof LedgerException ledger && ledger.kind == kind;
    }
}
