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

/** Leases of one replica in memory, with the behavior of {@link DynamoDbLeases} and DynamoDB's conditional writes. */
public final class ModelLeases implements Leases {

    private final ModelledLeases leaseModel;
    private final ModelLedger.Gate gate;
    private final String holder;

    /**
     * @param holder a name that no other replica has
     */
    public ModelLeases(ModelledLeases leaseModel, ModelLedger.Gate gate, String holder) {
        this.leaseModel = leaseModel;
        this.gate = gate;
        this.holder = holder;
    }

    /** The items of all replicas. */
    public static final class ModelledLeases {

        private final Map<String, ModelledLease> all = new TreeMap<>();

        private ModelledLease of(String shard) {
            return all.computeIfAbsent(shard, unknown -> new ModelledLease());
        }

        /** Sets a lease as another version of this service has left it. */
        void put(String shard, Lease lease) {
            of(shard).lease = lease;
        }
    }

    private static final class ModelledLease {
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
            desired.forEach(shard -> leases.put(shard, leaseModel.of(shard).lease));
            return leases;
        });
    }

    @Override
    public Uni<Boolean> take(String shard, Lease seen, Instant until) {
        return call("TakeLease", () -> leaseModel.of(shard).take(holder, seen, until));
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        return ifMine("KeepLease", shard, mine -> mine.keep(until));
    }

    @Override
    public Uni<Void> done(String shard, Instant begun, Duration took) {
        return ifMine("EndLease", shard, mine -> mine.done(begun, took));
    }

    @Override
    public Uni<Void> leave(String shard) {
        return ifMine("LeaveLease", shard, ModelledLease::leave);
    }

    private Uni<Void> ifMine(String operation, String name, Consumer<ModelledLease> change) {
        return call(operation, () -> {
                    ModelledLease shard = leaseModel.of(name);
                    if (shard.lease.isHeldBy(holder)) {
                        change.accept(shard);
                    }
                    return true;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return DynamoDbErrors.translated(Uni.createFrom().completionStage(() -> gate.call(operation, effect)));
    }
}
