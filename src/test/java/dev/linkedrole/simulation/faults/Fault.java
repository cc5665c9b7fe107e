package dev.linkedrole.simulation.faults;

/** The fault that comes with the death. */
public enum Fault {
    NONE,
    /** The first call of a resync to compare anything fails. */
    FAILS,
    /** The first call to compare anything takes minutes. */
    TAKES_LONG,
    /** IAM rejects all writes to a role, until the process has died. */
    REFUSED
}
