package dev.linkedrole.reconcile.resync;

/** The result of the check of one role. */
public enum ResyncResult {
    /** The role was as it should be. */
    UNCHANGED,
    /** Something had to be done, and was. */
    REPAIRED,
    /** Something keeps it from being as it should be; its condition says what. */
    BLOCKED,
    /** The attempt failed, and is made again in the next round. */
    FAILED
}
