package dev.linkedrole.ledger;

import java.time.Instant;

/** Result of an attempt to record an event. */
public sealed interface RecordResult {

    RecordResult RECORDED = new Recorded();
    RecordResult DUPLICATE = new Duplicate();
    RecordResult CONFLICT = new Conflict();

    /** The event and the state that it leads to are recorded. */
    record Recorded() implements RecordResult {}

    /** The event had been recorded before; nothing was written. */
    record Duplicate() implements RecordResult {}

    /**
     * Nothing was written: another replica recorded an event first, or another event of the same call is a duplicate.
     * The decision has to be made again.
     */
    record Conflict() implements RecordResult {}

    /**
     * Another event with the same id and source had been recorded before; nothing was written, and no retry can
     * succeed.
     *
     * @param recorded time of the recorded event, by its producer's clock
     */
    record IdReused(Instant recorded) implements RecordResult {}

    /**
     * Nothing was written, and no retry can succeed: the record would exceed the store's size limit. If several events
     * got this result together, each of them may be recorded alone.
     *
     * @param detail the excess, or the store's message
     */
    record TooLarge(String detail) implements RecordResult {}
}
