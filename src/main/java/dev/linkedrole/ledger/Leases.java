package dev.linkedrole.ledger;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Shard leases of the resync, so that no role is compared twice. They save work and are not needed for correctness: a shard that two
 * replicas have at once, since one of them was slow, is compared twice and no more.
 */
public interface Leases {

    /** The name under which this replica takes shards. No other one has it. */
    String holder();

    /** Reads the leases of these shards. One may be left out, for once, if there is too much to do. */
    Uni<Map<String, Lease>> all(List<String> shards);

    /**
     * Takes a shard, if its lease is still as it was seen or this replica has it already.
     *
     * @param until when it is free again should this replica die, by this replica's clock
     * @return false if another replica was faster
     */
    Uni<Boolean> take(String shard, Lease seen, Instant until);

    /** Shows that this replica is still at it, if it still has the shard. */
    Uni<Void> keep(String shard, Instant until);

    /**
     * Gives a shard back that was done, if this replica still has it.
     *
     * @param begun when that was begun, by this replica's clock
     * @param took duration of the round
     */
    Uni<Void> done(String shard, Instant begun, Duration took);

    /** Gives a shard back that was not done, if this replica still has it. */
    Uni<Void> leave(String shard);
}
