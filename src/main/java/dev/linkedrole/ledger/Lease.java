package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of a shard lease. Its times are by the clock of the replica that wrote them, and no other replica may rely on them: what can
 * be relied on is that the lease changes with everything that its holder does.
 *
 * @param version grows with each write; 0 if none but earlier versions of this service, which do not count, ever wrote it
 * @param holder the replica that holds the lease; empty if it is free
 * @param takenUntil until when, by the holder's clock; kept for earlier versions of this service, and for people
 * @param doneAt when the round began in which it was last done; empty if it never was
 * @param took duration of that round; empty if unknown
 */
public record Lease(
        long version, Optional<String> holder, Optional<Instant> takenUntil, Optional<Instant> doneAt, Duration took) {

    /** A lease of which nothing is known. */
    public static final Lease UNKNOWN =
            new Lease(0, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);

    /** True if no replica holds it. */
    public boolean isFree() {
        return holder.isEmpty();
    }

    public boolean isHeldBy(String replica) {
        return holder.filter(replica::equals).isPresent();
    }
}
