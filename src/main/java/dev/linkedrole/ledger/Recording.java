package dev.linkedrole.ledger;

/** How the attempt to record an event ended. */
public enum Recording {
    /** The event is recorded, and with it the state it led to. */
    RECORDED,
    /** The event had been recorded before; nothing was written. */
    DUPLICATE,
    /**
     * Nothing was written, since somebody recorded another event first, or since an event that was to be recorded together with this one
     * is a duplicate. The decision has to be made again.
     */
    CONFLICT
}
