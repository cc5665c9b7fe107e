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
    public Uni<Map<String, Lease>> all(List<String> shares) {
        return leases.all(shares);
    }

    @Override
    public String holder() {
        return leases.holder();
    }

    @Override
    public Uni<Boolean> take(String share, Lease seen, Instant until) {
        return leases.take(share, seen, until);
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        return leases.keep(share, until);
    }

    @Override
    public Uni<Void> done(String share, Instant begun, Duration took) {
        return leases.done(share, begun, took);
    }

    @Override
    public Uni<Void> leave(String share) {
        return leases.leave(share);
    }
}
