package dev.linkedrole.simulation;

/** What goes wrong beside the death. */
enum Trouble {
    NONE,
    /** The first call of a resync to compare anything fails. */
    FAILS,
    /** The first call to compare anything takes minutes. */
    TAKES_LONG,
    /** IAM lets nobody write into a role, until the process has died. */
    REFUSED
}
