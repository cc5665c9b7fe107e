package dev.linkedrole.simulation;

/** What goes wrong in the course of a resync, beside the death. */
enum Trouble {
    NONE,
    /** The first call to compare anything fails. */
    FAILS,
    /** The first call to compare anything takes minutes. */
    TAKES_LONG
}
