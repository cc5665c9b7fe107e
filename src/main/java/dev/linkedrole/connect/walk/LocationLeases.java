package dev.linkedrole.connect.walk;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.walk.WalkEndedException.Reason;
import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.LeaseWatch;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases on locations: one replica at a time reads one, since the rate of requests is limited by location. The lease is
 * renewed while the work lasts, and the work is cancelled once the lease may be another replica's.
 */
final class LocationLeases {

    /** Time for which a lease may stay unchanged while its holder lives. */
    static final Duration PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(LocationLeases.class);

    /** Time between two renewals. */
    private static final Duration RENEWAL = PERIOD.dividedBy(3);

    /** Time without a renewal after which the work ends: another replica waits for the whole period. */
    private static final Duration MAX_UNKEPT = RENEWAL.multipliedBy(2);

    private final Leases leases;
    private final LeaseWatch watch;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Retry retry;
    private final Set<ConnectLocation> mine = new HashSet<>();
    private final CompletableFuture<Void> stopping = new CompletableFuture<>();

    /**
     * @param clock the clock by which times are written
     * @param steady this process's own time
     */
    LocationLeases(Leases leases, InstantSource clock, InstantSource steady, Retry retry) {
        this.leases = leases;
        this.watch = new LeaseWatch(clock, steady, PERIOD);
        this.clock = clock;
        this.steady = steady;
        this.retry = retry;
    }

    /**
     * Runs work while this process has the lease on a location.
     *
     * @return fails with a {@link WalkEndedException} if another has the lease, if it is lost, or if this process stops
     */
    <T> Uni<T> during(ConnectLocation location, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (stopping.isDone()) {
                return ended(location, Reason.STOPPING);
            }
            if (!enter(location)) {
                return ended(location, Reason.LEASE_TAKEN);
            }
            return take(location)
                    .flatMap(taken -> taken ? held(location, work) : ended(location, Reason.LEASE_TAKEN))
                    .onTermination()
                    .invoke((item, failure, cancelled) -> leave(location));
        });
    }

    /** Ends all work, and begins no more. */
    void stop() {
        stopping.complete(null);
    }

    private static <T> Uni<T> ended(ConnectLocation location, Reason reason) {
        return Uni.createFrom().failure(() -> new WalkEndedException(location, reason));
    }

    private boolean enter(ConnectLocation location) {
        synchronized (mine) {
            return mine.add(location);
        }
    }

    private void leave(ConnectLocation location) {
        synchronized (mine) {
            mine.remove(location);
        }
    }

    private Uni<Boolean> take(ConnectLocation location) {
        String name = location.lease();
        return Uni.createFrom().deferred(() -> {
            Instant asked = steady.instant();
            return leases.all(List.of(name))
                    .invoke(known -> watch.note(known, asked))
                    .flatMap(known -> watch.isFree(name, leases.holder())
                            ? leases.take(
                                    name, watch.lease(name), clock.instant().plus(PERIOD))
                            : Uni.createFrom().item(false));
        });
    }

    private <T> Uni<T> held(ConnectLocation location, Supplier<Uni<T>> work) {
        Uni<T> stopped = Uni.createFrom()
                .completionStage(() -> stopping.copy())
                .onItem()
                .transformToUni(never -> ended(location, Reason.STOPPING));
        return Uni.join()
                .first(Uni.createFrom().deferred(() -> work.get()), this.<T>lost(location), stopped)
                .toTerminate()
                .onTermination()
                .call((item, failure, cancelled) -> give(location.lease()));
    }

    /** Gives a lease back. If that fails, it is free once the others have seen it unchanged for a period. */
    private Uni<Void> give(String name) {
        return leases.leave(name)
                .onFailure()
                .invoke(failure -> LOG.atDebug()
                        .addKeyValue("lease", name)
                        .log("A lease could not be given back: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull();
    }

    /** Renews a lease, and fails once it may be another replica's. */
    private <T> Uni<T> lost(ConnectLocation location) {
        String name = location.lease();
        return Uni.createFrom().deferred(() -> {
            Kept kept = new Kept(steady.instant());
            return retry.pause(RENEWAL)
                    .chain(() -> renewed(name, kept))
                    .repeat()
                    .whilst(held -> held)
                    .collect()
                    .last()
                    .flatMap(never -> ended(location, Reason.LEASE_LOST));
        });
    }

    /** Returns false if the lease is lost. */
    private Uni<Boolean> renewed(String name, Kept kept) {
        Instant asked = steady.instant();
        return leases.keep(name, clock.instant().plus(PERIOD))
                .chain(() -> leases.all(List.of(name)))
                .map(known -> kept.confirm(known, name, leases.holder(), asked))
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn().addKeyValue("lease", name), failure)
                        .log("A lease could not be renewed: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithItem(true)
                .map(held -> held && kept.since(steady.instant()).compareTo(MAX_UNKEPT) < 0);
    }

    /** Time of the last renewal that was confirmed. */
    private static final class Kept {

        private volatile Instant at;

        Kept(Instant at) {
            this.at = at;
        }

        /** Returns false if the lease is another's. A busy store may leave the lease out of its answer. */
        boolean confirm(Map<String, Lease> known, String name, String holder, Instant asked) {
            Lease lease = known.get(name);
            if (lease != null && lease.isHeldBy(holder)) {
                at = asked;
            }
            return lease == null || lease.isHeldBy(holder);
        }

        Duration since(Instant now) {
            return Duration.between(at, now);
        }
    }
}
