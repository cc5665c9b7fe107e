package dev.linkedrole.reconcile.resync;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.Reconciler;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.RoleLog;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.concurrency.KeyedSerialExecutor;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Compares every role with IAM and repairs differences: recorded changes that were never carried out, manual changes,
 * and the effects of lost or late calls to IAM.
 *
 * <p>Roles that are known to be right are scanned together, page by page over their account, where that takes fewer
 * calls than reading them one by one. The result of a scan is only a hint: a role that does not look right is read by
 * itself and compared with its newest record, serialized with other work on it.
 */
public final class Resync {

    /** Delay before each role that is read by itself and has no known problem. */
    interface Pace {
        /** No delay. */
        Pace NONE = many -> () -> Uni.createFrom().voidItem();

        /**
         * Creates the delays of a round.
         *
         * @param many number of roles
         */
        Supplier<Uni<Void>> of(int many);
    }

    private final Ledger ledger;
    private final Reconciler reconciler;
    private final KeyedSerialExecutor executor;
    private final InstantSource clock;
    private final ResyncPlanner planner;
    private final AccountScanner scanner;
    private final int concurrency;
    private final RoleCounts counts = new RoleCounts();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    /**
     * @param executor serializes all work on one role in this process
     * @param concurrency maximum number of roles read concurrently; each costs at least four calls to IAM, which
     *     throttles by account
     */
    public Resync(
            Ledger ledger,
            Reconciler reconciler,
            KeyedSerialExecutor executor,
            ResyncPlanner planner,
            AccountScanner scanner,
            InstantSource clock,
            int concurrency) {
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.executor = executor;
        this.planner = planner;
        this.scanner = scanner;
        this.clock = clock;
        this.concurrency = concurrency;
    }

    /** Numbers of roles, as this replica last read them. */
    RoleCounts counts() {
        return counts;
    }

    /**
     * Checks the roles of some shards once, pending ones first. The failure of one role does not affect the others.
     *
     * @param pace delays that spread the reads over time
     * @param failed called with each role whose check failed, and the failure
     * @return number of roles by result
     */
    Uni<Map<ResyncResult, Long>> round(Collection<Shard> shards, Pace pace, BiConsumer<InstanceId, Throwable> failed) {
        Round round = new Round(new ResultCounts(), counts.begin(shards), failed);
        return ledger.pending()
                .filter(instance -> shards.stream().anyMatch(shard -> shard.has(instance)))
                .collect()
                .in(HashSet<InstanceId>::new, Set::add)
                .flatMap(pending -> compareEach(pending, Pace.NONE, round.counting())
                        .chain(() -> unlessStopped(others(shards, pending, round.roles())))
                        .flatMap(others -> compare(others, pace, round)))
                .invoke(() -> round.roles().end())
                .map(done -> round.results().counts());
    }

    /**
     * Reconciles pending roles, except those recorded just now, and deletions in progress: their replica has died, or
     * has returned the message to the queue. Roles with a condition wait for their round.
     */
    Uni<Map<ResyncResult, Long>> pending(RecentWindow recent, BiConsumer<InstanceId, Throwable> failed) {
        Round round = new Round(new ResultCounts(), counts.begin(List.of()), failed);
        AtomicReference<RoleCounts.PendingChanges> changes = new AtomicReference<>(RoleCounts.PendingChanges.NONE);
        return ledger.records(ledger.pending(recent))
                .invoke(record -> changes.updateAndGet(found -> found.and(record)))
                .filter(Resync::mayPassSoon)
                .map(record -> record.role().instance().id())
                .collect()
                .asList()
                .invoke(() -> counts.pending(Objects.requireNonNull(changes.get())))
                .flatMap(instances -> compareEach(instances, Pace.NONE, round))
                .map(done -> round.results().counts());
    }

    private static boolean mayPassSoon(RoleRecord record) {
        return record.conditions().stream()
                .map(Condition::type)
                .allMatch(type -> type == Condition.Type.DeletionRunning);
    }

    /**
     * A round of checks.
     *
     * @param results number of roles by result
     * @param roles numbers of roles by lifecycle and condition
     * @param counts true if the roles that are compared have not been counted yet
     * @param failed called with each role whose check failed, and the failure
     */
    private record Round(
            ResultCounts results, RoleCounts.Round roles, boolean counts, BiConsumer<InstanceId, Throwable> failed) {

        Round(ResultCounts results, RoleCounts.Round roles, BiConsumer<InstanceId, Throwable> failed) {
            this(results, roles, false, failed);
        }

        Round counting() {
            return new Round(results, roles, true, failed);
        }
    }

    /** Returns the checks of all roles but those that were checked already, and counts these roles. */
    private Uni<List<ResyncCheck>> others(Collection<Shard> shards, Set<InstanceId> had, RoleCounts.Round roles) {
        Multi<InstanceId> instances = Multi.createFrom()
                .iterable(shards)
                .onItem()
                .transformToMultiAndConcatenate(shard -> ledger.all(shard))
                .filter(instance -> !had.contains(instance));
        return ledger.records(instances)
                .invoke(roles::add)
                .map(record -> planner.of(record, clock.instant()))
                .collect()
                .asList();
    }

    private Uni<Void> compare(List<ResyncCheck> others, Pace pace, Round round) {
        return unlessStopped(scanner.over(others, concurrency)).flatMap(found -> {
            round.results().add(ResyncResult.UNCHANGED, found.unchanged());
            return compareEach(ids(found.differing()), Pace.NONE, round)
                    .chain(() -> compareEach(ids(found.unknown()), pace, round));
        });
    }

    private static List<InstanceId> ids(List<InstanceArn> instances) {
        return instances.stream().map(InstanceArn::id).toList();
    }

    private Uni<Void> compareEach(Collection<InstanceId> instances, Pace pace, Round round) {
        Supplier<Uni<Void>> before = pace.of(instances.size());
        return Multi.createFrom()
                .iterable(instances)
                .select()
                .first(instance -> !stopping)
                .onItem()
                .transformToUni(instance -> before.get().chain(() -> compareSerially(instance, round)))
                .merge(concurrency)
                .onItem()
                .invoke(result -> round.results().add(result, 1))
                .collect()
                .last()
                .flatMap(last -> stopping
                        ? Uni.createFrom().failure(new StoppingException())
                        : Uni.createFrom().voidItem());
    }

    /** Begins no more checks; those in progress are finished, and then a round fails with {@link StoppingException}. */
    public void stop() {
        stopping = true;
        cuts.forEach(Runnable::run);
    }

    /** Runs a read that a stopping service need not wait for, since it leaves nothing half done. */
    private <T> Uni<T> unlessStopped(Uni<T> reading) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<T> cut = new CompletableFuture<>();
            Runnable stop = () -> cut.completeExceptionally(new StoppingException());
            cuts.add(stop);
            if (stopping) {
                stop.run();
            }
            return Uni.join()
                    .first(Uni.createFrom().completionStage(cut), reading)
                    .toTerminate()
                    .onTermination()
                    .invoke(() -> cuts.remove(stop));
        });
    }

    private Uni<ResyncResult> compareSerially(InstanceId instance, Round round) {
        return executor.execute(instance, () -> compare(instance, round))
                .onFailure()
                .invoke(failure -> round.failed().accept(instance, failure))
                .onFailure()
                .recoverWithItem(ResyncResult.FAILED);
    }

    private Uni<ResyncResult> compare(InstanceId instance, Round round) {
        return ledger.load(instance)
                .invoke(found -> found.filter(record -> round.counts()).ifPresent(round.roles()::add))
                .flatMap(found -> found.filter(record -> !planner.isQuiet(record, clock.instant()))
                        .map(record -> compare(record, round))
                        .orElseGet(() -> Uni.createFrom().item(ResyncResult.UNCHANGED)));
    }

    private Uni<ResyncResult> compare(RoleRecord record, Round round) {
        return reconciler
                .reconcile(record, ReconcileMode.IAM)
                .invoke(reconciliation -> round.roles().correct(record, reconciliation))
                .invoke(reconciliation -> RoleLog.compared(record, reconciliation))
                .map(reconciliation -> switch (reconciliation) {
                    case Reconciliation.InForce inForce ->
                        inForce.steps().isEmpty() ? ResyncResult.UNCHANGED : ResyncResult.REPAIRED;
                    case Reconciliation.Blocked blocked -> ResyncResult.BLOCKED;
                });
    }
}
