package dev.linkedrole.ledger;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Shard leases of the resync, which keep replicas from comparing the same roles. They save work and are not needed for
 * correctness: a shard that two replicas work on, since one of them was slow, is only compared twice.
 */
public interface Leases {

    /** The name under which this replica takes leases. No other replica has it. */
    String holder();

    /** Reads the leases of these shards. A busy store may leave some out of the answer. */
    Uni<Map<String, Lease>> all(List<String> shards);

    /**
     * Takes the lease of a shard, if it is unchanged since it was read, or this replica has it already.
     *
     * @param until time at which it is free again if this replica dies, by this replica's clock
     * @return false if another replica was faster
     */
    Uni<Boolean> take(String shard, Lease seen, Instant until);

    /** Renews the lease of a shard, if this replica still has it. */
    Uni<Void> keep(String shard, Instant until);

    /**
     * Releases the lease of a shard that was compared, if this replica still has it.
     *
     * @param begun start of the round, by this replica's clock
     * @param took duration of the round
     */
    Uni<Void> done(String shard, Instant begun, Duration took);

    /** Releases the lease of a shard that was not compared, if this replica still has it. */
    Uni<Void> leave(String shard);
}
