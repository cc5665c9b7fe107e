package dev.linkedrole.reconcile.apply;

/** What a reconcile step takes a role to be like now, and so how much it does to it. */
public enum ReconcileMode {
    /** What the ledger says was applied last: nothing is read from IAM, and only what differs is written. */
    LEDGER,
    /**
     * The ledger, but not for what the policies say: they are written whatever the digests. For when a write was made, or
     * may have been made, that the ledger does not know of.
     */
    REWRITE,
    /** IAM itself: everything is read and compared. */
    IAM
}
