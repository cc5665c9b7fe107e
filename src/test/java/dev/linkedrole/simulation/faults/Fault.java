package dev.linkedrole.simulation.faults;

/** Fault that occurs together with the death. */
public enum Fault {
    NONE,
    /** The first comparison of the resync fails. */
    FAILS,
    /** The first comparison of the resync takes minutes. */
    TAKES_LONG,
    /** IAM rejects all writes to a role until the process has died. */
    REFUSED
}
