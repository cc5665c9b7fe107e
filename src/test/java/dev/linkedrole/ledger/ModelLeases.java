package dev.linkedrole.ledger;

import dev.linkedrole.ledger.dynamodb.DynamoDbErrors;
import dev.linkedrole.ledger.dynamodb.DynamoDbLeases;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One replica's way to the leases in memory: what {@link DynamoDbLeases} makes of DynamoDB's conditional writes. */
public final class ModelLeases implements Leases {

    private final Shares shares;
    private final ModelLedger.Gate gate;
    private final String holder;

    /**
     * @param holder a name that no other replica has
     */
    public ModelLeases(Shares shares, ModelLedger.Gate gate, String holder) {
        this.shares = shares;
        this.gate = gate;
        this.holder = holder;
    }

    /** The items that all replicas share. */
    public static final class Shares {

        private final Map<String, Share> all = new TreeMap<>();

        private Share of(String share) {
            return all.computeIfAbsent(share, unknown -> new Share());
        }

        /** Has a share be as another version of this service has left it. */
        void put(String share, Lease lease) {
            of(share).lease = lease;
        }
    }

    private static final class Share {
        private Lease lease = Lease.UNKNOWN;

        private boolean take(String replica, Lease seen, Instant until) {
            boolean mine = lease.isHeldBy(replica) || lease.equals(seen);
            if (mine) {
                lease = new Lease(
                        lease.version() + 1, Optional.of(replica), Optional.of(until), lease.doneAt(), lease.took());
            }
            return mine;
        }

        private void keep(Instant until) {
            lease = new Lease(lease.version() + 1, lease.holder(), Optional.of(until), lease.doneAt(), lease.took());
        }

        private void leave() {
            lease = new Lease(lease.version() + 1, Optional.empty(), Optional.empty(), lease.doneAt(), lease.took());
        }

        private void done(Instant begun, Duration took) {
            lease = new Lease(lease.version() + 1, Optional.empty(), Optional.empty(), Optional.of(begun), took);
        }
    }

    @Override
    public String holder() {
        return holder;
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> desired) {
        return call("Leases", () -> {
            Map<String, Lease> leases = new HashMap<>();
            desired.forEach(share -> leases.put(share, shares.of(share).lease));
            return leases;
        });
    }

    @Override
    public Uni<Boolean> take(String share, Lease seen, Instant until) {
        return call("TakeLease", () -> shares.of(share).take(holder, seen, until));
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        return ifMine("KeepLease", share, mine -> mine.keep(until));
    }

    @Override
    public Uni<Void> done(String share, Instant begun, Duration took) {
        return ifMine("EndLease", share, mine -> mine.done(begun, took));
    }

    @Override
    public Uni<Void> leave(String share) {
        return ifMine("LeaveLease", share, Share::leave);
    }

    private Uni<Void> ifMine(String operation, String name, Consumer<Share> change) {
        return call(operation, () -> {
                    Share share = shares.of(name);
                    if (share.lease.isHeldBy(holder)) {
                        change.accept(share);
                    }
                    return true;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }
}
