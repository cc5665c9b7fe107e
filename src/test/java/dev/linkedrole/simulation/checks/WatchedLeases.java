package dev.linkedrole.simulation.checks;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.Rounds;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Leases that add the shard of each call to the trace, and note finished shards. */
public record WatchedLeases(Leases leases, CrashingProcess process, Rounds rounds) implements Leases {

    private <T> Uni<T> about(String share, Supplier<Uni<T>> call) {
        String purpose = process.tell(share);
        return Uni.createFrom().deferred(() -> {
            process.turnTo(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> shares) {
        return about("leases", () -> leases.all(shares));
    }

    @Override
    public String holder() {
        return leases.holder();
    }

    @Override
    public Uni<Boolean> take(String share, Lease seen, Instant until) {
        return about(share, () -> leases.take(share, seen, until));
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        return about(share, () -> leases.keep(share, until));
    }

    @Override
    public Uni<Void> done(String share, Instant begun, Duration took) {
        return about(share, () -> leases.done(share, begun, took).invoke(() -> rounds.end(share)));
    }

    @Override
    public Uni<Void> leave(String share) {
        return about(share, () -> leases.leave(share));
    }
}
