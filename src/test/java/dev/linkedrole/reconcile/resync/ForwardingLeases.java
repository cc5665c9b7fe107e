package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Leases that forward every call to others; subclasses override some of them. */
class ForwardingLeases implements Leases {

    private final Leases leases;

    ForwardingLeases(Leases leases) {
        this.leases = leases;
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> leaseModel) {
        return leases.all(leaseModel);
    }

    @Override
    public String holder() {
        return leases.holder();
    }

    @Override
    public Uni<Boolean> take(String shard, Lease seen, Instant until) {
        return leases.take(shard, seen, until);
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        return leases.keep(shard, until);
    }

    @Override
    public Uni<Void> done(String shard, Instant begun, Duration took) {
        return leases.done(shard, begun, took);
    }

    @Override
    public Uni<Void> leave(String shard) {
        return leases.leave(shard);
    }
}
