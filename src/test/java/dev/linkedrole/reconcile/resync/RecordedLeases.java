package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.ModelLeases;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Leases of a replica that record its calls. */
public final class RecordedLeases extends ForwardingLeases {

    final ModelLeases.ModelledLeases leaseModel;
    final List<String> kept = new ArrayList<>();
    public final List<String> left = new ArrayList<>();
    int looks;
    boolean failing;

    public RecordedLeases() {
        this(new ModelLeases.ModelledLeases());
    }

    private RecordedLeases(ModelLeases.ModelledLeases leaseModel) {
        super(new ModelLeases(leaseModel, RecordedLeases::atOnce, "one"));
        this.leaseModel = leaseModel;
    }

    static <T> CompletableFuture<T> atOnce(String operation, Supplier<T> effect) {
        return CompletableFuture.completedFuture(effect.get());
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> desired) {
        looks++;
        return super.all(desired);
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        kept.add(shard + " " + until);
        return failing
                ? Uni.createFrom().failure(new IllegalStateException("the ledger is away"))
                : super.keep(shard, until);
    }

    @Override
    public Uni<Void> leave(String shard) {
        left.add(shard);
        return super.leave(shard);
    }
}
