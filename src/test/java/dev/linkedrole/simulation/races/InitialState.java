package dev.linkedrole.simulation.races;

/** The state before an action begins. */
enum InitialState {
    NOTHING,
    /** A foreign role has the name. */
    NAME_TAKEN,
    /** The role has a policy added by hand. */
    EDITED,
    /** An operator has set the role's description. */
    DESCRIBED,
    /** A process has recorded the last event, and died before it wrote to IAM. */
    ABANDONED,
    /** The ledger was lost, and the first event was handled again. */
    LOST,
    /** The ledger was restored to its state after the first event. */
    RESTORED;

    /** True if roles have grants that the ledger does not know. */
    boolean losesLedger() {
        return this == LOST || this == RESTORED;
    }
}
