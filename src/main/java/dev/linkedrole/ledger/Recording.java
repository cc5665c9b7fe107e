package dev.linkedrole.ledger;

/** How the attempt to record an event ended. */
public enum Recording {
    /** The event is recorded, and with it the state it led to. */
    RECORDED,
    /** The event had been recorded before; nothing was written. */
    DUPLICATE,
    /** Somebody recorded another event first; nothing was written, and the decision has to be made again. */
    CONFLICT
}
