package dev.linkedrole.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Record of a shard lease. Its times are by the clock of the replica that wrote them, and no other replica may rely on
 * them. Replicas rely on the version instead: each write of the holder changes it.
 *
 * @param version grows with each write; 0 if only earlier versions of this service have written it, which do not count
 * @param holder the replica that holds the lease; empty if it is free
 * @param takenUntil end of the lease by the holder's clock; written for earlier versions of this service, and for
 *     people
 * @param doneAt start of the round that last compared the shard; empty if none has
 * @param took duration of that round; empty if unknown
 */
public record Lease(
        long version, Optional<String> holder, Optional<Instant> takenUntil, Optional<Instant> doneAt, Duration took) {

    /** A lease that was not read yet. */
    public static final Lease UNKNOWN =
            new Lease(0, Optional.empty(), Optional.empty(), Optional.empty(), Duration.ZERO);

    /** True if no replica has the lease. */
    public boolean isFree() {
        return holder.isEmpty();
    }

    public boolean isHeldBy(String replica) {
        return holder.filter(replica::equals).isPresent();
    }
}
