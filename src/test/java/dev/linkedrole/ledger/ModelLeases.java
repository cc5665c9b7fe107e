package dev.linkedrole.ledger;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    }

    private static final class Share {
        private @Nullable String holder;
        private Optional<Instant> takenUntil = Optional.empty();
        private Optional<Instant> doneAt = Optional.empty();

        private boolean has(String replica) {
            return replica.equals(holder);
        }

        private boolean take(String replica, Instant now, Instant until, Instant notDoneSince) {
            boolean free = takenUntil.filter(end -> end.isAfter(now)).isEmpty() || has(replica);
            boolean due = doneAt.filter(at -> at.isAfter(notDoneSince)).isEmpty();
            if (free && due) {
                holder = replica;
                takenUntil = Optional.of(until);
            }
            return free && due;
        }

        private void leave() {
            holder = null;
            takenUntil = Optional.empty();
        }
    }

    @Override
    public Uni<Map<String, Lease>> all(List<String> wanted) {
        return call("Leases", () -> {
            Map<String, Lease> leases = new HashMap<>();
            wanted.forEach(share -> leases.put(share, new Lease(shares.of(share).takenUntil, shares.of(share).doneAt)));
            return leases;
        });
    }

    @Override
    public Uni<Boolean> take(String share, Instant now, Instant until, Instant notDoneSince) {
        return call("TakeLease", () -> shares.of(share).take(holder, now, until, notDoneSince));
    }

    @Override
    public Uni<Void> keep(String share, Instant until) {
        return ifMine("KeepLease", share, mine -> mine.takenUntil = Optional.of(until));
    }

    @Override
    public Uni<Void> done(String share, Instant begun) {
        return ifMine("EndLease", share, mine -> {
            mine.leave();
            mine.doneAt = Optional.of(begun);
        });
    }

    @Override
    public Uni<Void> leave(String share) {
        return ifMine("LeaveLease", share, Share::leave);
    }

    private Uni<Void> ifMine(String operation, String name, Consumer<Share> change) {
        return call(operation, () -> {
                    Share share = shares.of(name);
                    if (share.has(holder)) {
                        change.accept(share);
                    }
                    return true;
                })
                .replaceWithVoid();
    }

    private <T> Uni<T> call(String operation, Supplier<T> effect) {
        return Uni.createFrom().completionStage(() -> gate.call(operation, effect));
    }
}
