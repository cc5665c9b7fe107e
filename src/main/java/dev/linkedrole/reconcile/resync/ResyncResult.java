package dev.linkedrole.reconcile.resync;

/** The result of the check of one role. */
public enum ResyncResult {
    /** The role was as it should be. */
    UNCHANGED,
    /** The role was changed. */
    REPAIRED,
    /** A condition keeps the role from being as it should be. */
    BLOCKED,
    /** The check failed; the next round tries again. */
    FAILED
}
