package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.LeaseWatch;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Divides the resync among the replicas and over time. Each of the sixteen shards is due once a period, and the pending
 * roles ten times as often. A replica takes all leases that are due and free: the more shards are compared together,
 * the fewer calls to IAM are made, whose throttling is by account and not by replica. The leases of a dead replica are
 * free once the others have seen them unchanged for a period ({@link LeaseWatch}).
 */
public final class ResyncCoordinator {

    private static final Logger LOG = LoggerFactory.getLogger(ResyncCoordinator.class);

    private static final String PENDING = "pending";

    /** Number of ticks in a period. */
    private static final int TICKS = 10;

    /** Maximum number of leases written concurrently. */
    private static final int AT_ONCE = 16;

    private static final Duration MIN_TICK = Duration.ofSeconds(1);

    /** Maximum delay before a single role: few roles make no burst that would have to be spread out. */
    private static final Duration MAX_GAP = Duration.ofSeconds(1);

    /** Precision with which the ledger keeps the start of a round. */
    private static final Duration SAME = Duration.ofMillis(1);

    private final Resync resync;
    private final Leases leases;
    private final LeaseWatch watch;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Retry retry;
    private final Duration every;
    private final int concurrency;
    private final Map<String, Instant> counted = new ConcurrentHashMap<>();

    /**
     * @param clock the clock by which times are written
     * @param steady this process's own time
     * @param every the period in which each role is compared once
     * @param concurrency maximum number of roles read concurrently
     */
    public ResyncCoordinator(
            Resync resync,
            Leases leases,
            InstantSource clock,
            InstantSource steady,
            Retry retry,
            Duration every,
            int concurrency) {
        this.resync = resync;
        this.leases = leases;
        this.watch = new LeaseWatch(clock, steady, every);
        this.clock = clock;
        this.steady = steady;
        this.retry = retry;
        this.every = every;
        this.concurrency = concurrency;
    }

    /**
     * The result of a resync run.
     *
     * @param shards shards compared by this replica; empty if none was due and free
     * @param results numbers of roles by result
     * @param took duration of the run
     * @param oldest the earliest start of any shard's last round, on whichever replica, in this process's own time; the
     *     start of this process for a shard without a round
     */
    public record Run(List<String> shards, Map<ResyncResult, Long> results, Duration took, Instant oldest) {}

    /** Begins no more checks. Shards that were taken and not compared are left to other replicas. */
    public void stop() {
        resync.stop();
    }

    /** Returns the delay between two {@link #work runs}. */
    public Duration tick() {
        Duration tick = every.dividedBy(TICKS);
        return tick.compareTo(MIN_TICK) < 0 ? MIN_TICK : tick;
    }

    /**
     * Compares the shards that are due and that no other replica has taken.
     *
     * @param failed called with each role whose check failed, and the failure
     * @return fails if the ledger does, and with {@link StoppingException} once the service stops
     */
    public Uni<Run> work(BiConsumer<InstanceId, Throwable> failed) {
        Instant begun = steady.instant();
        List<String> shards = Stream.concat(
                        Stream.of(PENDING), Shard.ALL.stream().map(Shard::digit))
                .toList();
        return leases.all(shards)
                .invoke(known -> {
                    watch.note(known, begun);
                    forgetOthers(known);
                })
                .flatMap(known -> pending(failed)
                        .flatMap(first -> rounds(failed).map(then -> both(first, then, oldest(then), begun))));
    }

    /** Forgets the counts of what another replica has compared since. */
    private void forgetOthers(Map<String, Lease> known) {
        counted.entrySet().removeIf(mine -> {
            Lease lease = known.get(mine.getKey());
            boolean others = lease != null
                    && lease.doneAt()
                            .filter(at ->
                                    Duration.between(mine.getValue(), at).abs().compareTo(SAME) > 0)
                            .isPresent();
            if (others) {
                forget(mine.getKey());
            }
            return others;
        });
    }

    private void forget(String shard) {
        if (shard.equals(PENDING)) {
            resync.counts().forgetPending();
        } else {
            resync.counts().forget(shard);
        }
    }

    private Run both(Done first, Done then, Instant oldest, Instant begun) {
        Map<ResyncResult, Long> results = new HashMap<>(first.results());
        then.results().forEach((result, many) -> results.merge(result, many, Long::sum));
        return new Run(
                Stream.concat(first.shards().stream(), then.shards().stream()).toList(),
                results,
                Duration.between(begun, steady.instant()),
                oldest);
    }

    private Instant oldest(Done then) {
        return Shard.ALL.stream()
                .map(Shard::digit)
                .filter(shard -> !then.shards().contains(shard))
                .map(watch::roundBegan)
                .min(Instant::compareTo)
                .orElseGet(steady::instant);
    }

    /** Checks the pending roles, except those recorded just now, which a replica is still working on. */
    private Uni<Done> pending(BiConsumer<InstanceId, Throwable> failed) {
        return withLeases(
                List.of(PENDING),
                tick(),
                taken -> resync.pending(RecentWindow.around(clock.instant(), tick()), failed));
    }

    private Uni<Done> rounds(BiConsumer<InstanceId, Throwable> failed) {
        List<String> shards = Shard.ALL.stream().map(Shard::digit).toList();
        return withLeases(
                shards,
                every,
                taken -> resync.round(taken.stream().map(Shard::new).toList(), this::pace, failed));
    }

    /** The shards taken and the results. */
    private record Done(List<String> shards, Map<ResyncResult, Long> results) {}

    private Uni<Done> withLeases(
            List<String> shards, Duration period, Function<List<String>, Uni<Map<ResyncResult, Long>>> work) {
        Instant begun = clock.instant();
        Instant began = steady.instant();
        // Half a tick early rather than half a tick late.
        Instant due = began.minus(period).plus(tick().dividedBy(2));
        return Multi.createFrom()
                .iterable(shards)
                .filter(shard -> watch.isFree(shard, leases.holder())
                        && !watch.roundBegan(shard).isAfter(due))
                .onItem()
                .transformToUni(shard -> leases.take(shard, watch.lease(shard), begun.plus(every))
                        .map(mine -> mine ? Optional.of(shard) : Optional.<String>empty()))
                .merge(AT_ONCE)
                .filter(Optional::isPresent)
                .map(Optional::get)
                .collect()
                .asList()
                .flatMap(taken -> taken.isEmpty()
                        ? Uni.createFrom().item(new Done(List.of(), Map.of()))
                        : renewing(taken, work.apply(taken))
                                .onFailure()
                                .call(() -> each(taken, shard -> leases.leave(shard)))
                                .call(() -> each(taken, shard -> leases.done(shard, begun, since(began))))
                                .invoke(() -> taken.forEach(shard -> counted.put(shard, begun)))
                                .map(results -> new Done(taken, results)));
    }

    private Duration since(Instant began) {
        return Duration.between(began, steady.instant());
    }

    /** Renews the leases while the shards are compared. */
    private <T> Uni<T> renewing(List<String> shards, Uni<T> work) {
        Uni<T> keeper = retry.pause(every.dividedBy(3))
                .chain(() ->
                        each(shards, shard -> leases.keep(shard, clock.instant().plus(every))))
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                        .log(
                                "A lease of the resync could not be kept; another replica may do the same work once more: {}",
                                FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .repeat()
                .indefinitely()
                .collect()
                .last()
                .onItem()
                .transformToUni(never -> Uni.createFrom().nothing());
        return Uni.join().first(work, keeper).toTerminate();
    }

    private static Uni<Void> each(List<String> shards, Function<String, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(shards)
                .onItem()
                .transformToUni(shard -> work.apply(shard))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Returns delays that use half of the period, so that the other half is left for failures. */
    private Supplier<Uni<Void>> pace(int many) {
        Duration gap = every.dividedBy(2).multipliedBy(concurrency).dividedBy(Math.max(1, many));
        Duration shorter = gap.compareTo(MAX_GAP) < 0 ? gap : MAX_GAP;
        Duration pause = shorter.isPositive() ? shorter : Duration.ofMillis(1);
        return () -> retry.pause(pause);
    }
}
