package dev.linkedrole.ledger;

import java.time.Instant;

/** The end of an attempt to record an event. */
public sealed interface RecordResult {

    RecordResult RECORDED = new Recorded();
    RecordResult DUPLICATE = new Duplicate();
    RecordResult CONFLICT = new Conflict();

    /** The event is recorded, and with it the state it led to. */
    record Recorded() implements RecordResult {}

    /** The event had been recorded before; nothing was written. */
    record Duplicate() implements RecordResult {}

    /**
     * Nothing was written, since another replica recorded an event first, or since an event that was to be recorded together with this one
     * is a duplicate. The decision has to be made again.
     */
    record Conflict() implements RecordResult {}

    /**
     * Another event with the same id and source had been recorded before; nothing was written, and nothing ever can be.
     *
     * @param recorded when the recorded event happened, by its producer's clock
     */
    record IdReused(Instant recorded) implements RecordResult {}

    /**
     * Nothing was written, nor can it be: the record would be larger than the ledger's store lets it be. Where it is said of several events
     * together, each of them may be recorded alone.
     *
     * @param detail by how much, or what the store says
     */
    record TooLarge(String detail) implements RecordResult {}
}
