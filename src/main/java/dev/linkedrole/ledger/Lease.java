package dev.linkedrole.ledger;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of a share of the resync's work.
 *
 * @param takenUntil until when a replica has it to itself; empty if none has
 * @param doneAt when the round began in which it was last done; empty if it never was
 */
public record Lease(Optional<Instant> takenUntil, Optional<Instant> doneAt) {

    /** One of which nothing is known. */
    public static final Lease UNKNOWN = new Lease(Optional.empty(), Optional.empty());

    /** Whether no replica has it. */
    public boolean isFree(Instant now) {
        return takenUntil.filter(end -> end.isAfter(now)).isEmpty();
    }
}
