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

    private <T> Uni<T> about(String shard, Supplier<Uni<T>> call) {
        String purpose = process.tell(shard);
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> leaseModel) {
        return about("leases", () -> leases.all(leaseModel));
    }

    @Override
    public String holder() {
        return leases.holder();
    }

    @Override
    public Uni<Boolean> take(String shard, Lease seen, Instant until) {
        return about(shard, () -> leases.take(shard, seen, until));
    }

    @Override
    public Uni<Void> keep(String shard, Instant until) {
        return about(shard, () -> leases.keep(shard, until));
    }

    @Override
    public Uni<Void> done(String shard, Instant begun, Duration took) {
        return about(shard, () -> leases.done(shard, begun, took).invoke(() -> rounds.end(shard)));
    }

    @Override
    public Uni<Void> leave(String shard) {
        return about(shard, () -> leases.leave(shard));
    }
}
