package dev.linkedrole.reconcile.apply;

/** The assumptions of a reconciliation about the role in IAM, which decide how much it reads and writes. */
public enum ReconcileMode {
    /** The role is as the ledger last applied it: nothing is read from IAM, and only differences are written. */
    LEDGER,
    /**
     * The role is as the ledger last applied it, except for the policies: they are written whatever the digests are,
     * since a write may have been made that the ledger does not know of.
     */
    REWRITE,
    /** Nothing is assumed: everything is read from IAM and compared. */
    IAM
}
