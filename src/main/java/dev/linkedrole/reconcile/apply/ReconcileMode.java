package dev.linkedrole.reconcile.apply;

/** The state that a reconcile step assumes, and so how much it writes. */
public enum ReconcileMode {
    /** The state last applied according to the ledger: nothing is read from IAM, and only differences are written. */
    LEDGER,
    /**
     * The ledger, but not for what the policies say: they are written whatever the digests. For when a write was made, or
     * may have been made, that the ledger does not know of.
     */
    REWRITE,
    /** IAM itself: everything is read and compared. */
    IAM
}
