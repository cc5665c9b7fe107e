package dev.linkedrole.simulation.races;

/** The state before an action begins. */
enum InitialState {
    NOTHING,
    /** A foreign role has the name. */
    NAME_TAKEN,
    /** The role has a policy added by hand. */
    EDITED,
    /** An operator has said how the role is to be described. */
    DESCRIBED,
    /** A process has recorded the last event, and died before it wrote anything to IAM. */
    ABANDONED,
    /** The ledger was lost, and the first event was taken once more. */
    LOST,
    /** The ledger was put back to what it was after the first event. */
    RESTORED;

    /** True if roles have grants that the ledger does not know. */
    boolean losesLedger() {
        return this == LOST || this == RESTORED;
    }
}
