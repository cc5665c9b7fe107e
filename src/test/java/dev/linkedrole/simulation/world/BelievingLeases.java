package dev.linkedrole.simulation.world;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases of a process that takes all written times for times of its own clock. */
public final class BelievingLeases implements Leases {

    private static final Optional<String> SOMEBODY = Optional.of("somebody");

    private final Leases sound;
    private final InstantSource clock;
    private final Map<String, Lease> seen = new HashMap<>();
    private long looks;

    public BelievingLeases(Leases sound, InstantSource clock) {
        this.sound = sound;
        this.clock = clock;
    }

    @Override
    public String holder() {
        return sound.holder();
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> leaseModel) {
        return sound.all(leaseModel).map(leases -> {
            seen.putAll(leases);
            looks++;
            Map<String, Lease> believed = new HashMap<>();
            leases.forEach((shard, lease) -> believed.put(shard, believed(lease)));
            return believed;
        });
    }

    /**
     * Returns the lease as a reader with a wrong clock sees it: a lease until a future time changes with each read, as
     * if its holder were alive; one that was done at a future time counts as taken.
     */
    private Lease believed(Lease lease) {
        Instant now = clock.instant();
        boolean taken = lease.takenUntil().filter(now::isBefore).isPresent();
        boolean done = lease.doneAt().filter(now::isBefore).isPresent();
        return taken || done
                ? new Lease(-looks, SOMEBODY, lease.takenUntil(), lease.doneAt(), lease.took())
                : new Lease(lease.version(), Optional.empty(), Optional.empty(), lease.doneAt(), lease.took());
    }

    @Override
    public Uni<Boolean> take(String shard, Lease believed, Instant until) {
        return sound.take(shard, seen.getOrDefault(shard, believed), until);
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        return sound.keep(shard, until);
    }

    @Override
    public Uni<Void> done(String shard, Instant begun, Duration took) {
        return sound.done(shard, begun, took);
    }

    @Override
    public Uni<Void> leave(String shard) {
        return sound.leave(shard);
    }
}
