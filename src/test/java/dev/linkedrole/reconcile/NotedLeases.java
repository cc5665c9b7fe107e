package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.ModelLeases;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Leases of a replica, and what it did with them. */
final class NotedLeases implements Leases {

    final ModelLeases.Shares shares = new ModelLeases.Shares();
    final List<String> kept = new ArrayList<>();
    final List<String> left = new ArrayList<>();
    int looks;
    boolean failing;
    private final ModelLeases leases = new ModelLeases(shares, NotedLeases::atOnce, "one");

    static <T> CompletableFuture<T> atOnce(String operation, Supplier<T> effect) {
        return CompletableFuture.completedFuture(effect.get());
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> wanted) {
        looks++;
        return leases.all(wanted);
    }

    @Override
    public Uni<Boolean> take(String share, Instant now, Instant until, Instant notDoneSince) {
        return leases.take(share, now, until, notDoneSince);
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        kept.add(share + " " + until);
        return failing
                ? Uni.createFrom().failure(new IllegalStateException("the ledger is away"))
                : leases.keep(share, until);
    }

    @Override
    public Uni<Void> done(String share, Instant begun) {
        return leases.done(share, begun);
    }

    @Override
    public Uni<Void> leave(String share) {
        left.add(share);
        return leases.leave(share);
    }
}
