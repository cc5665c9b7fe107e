package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.InstanceId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares every role with IAM and repairs what differs: what was recorded and never carried out, what somebody has
 * changed by hand, and what a lost or late call to IAM has left behind.
 */
public final class Resync {

    /** How a role's turn ended. */
    public enum Turn {
        /** It was as it should be. */
        UNCHANGED,
        /** Something had to be done, and was. */
        REPAIRED,
        /** Something keeps it from being as it should be; its condition says what. */
        HELD,
        /** The attempt failed, and is made again in the next round. */
        FAILED
    }

    private final Ledger ledger;
    private final Reconciler reconciler;
    private final InstantSource clock;
    private final Duration quietPeriod;
    private final int concurrency;

    /**
     * @param quietPeriod how long after its deletion a role is still looked for, since a slow replica may have made it anew
     * @param concurrency how many roles are compared at once; each costs at least four calls to IAM, which throttles by
     *     account
     */
    public Resync(Ledger ledger, Reconciler reconciler, InstantSource clock, Duration quietPeriod, int concurrency) {
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.clock = clock;
        this.quietPeriod = quietPeriod;
        this.concurrency = concurrency;
    }

    /**
     * Goes over all roles once, those known not to be right first. A role that fails does not keep the others from their
     * turn.
     *
     * @param failed told of each role whose turn failed, and why
     * @return how many turns ended how
     */
    public Uni<Map<Turn, Long>> run(BiConsumer<InstanceId, Throwable> failed) {
        return Multi.createBy()
                .concatenating()
                .streams(ledger.pending(), ledger.all())
                .select()
                .distinct()
                .onItem()
                .transformToUni(instance -> turn(instance, failed))
                .merge(concurrency)
                .collect()
                .with(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private Uni<Turn> turn(InstanceId instance, BiConsumer<InstanceId, Throwable> failed) {
        return reconciler
                .lanes()
                .inTurn(instance, () -> compare(instance))
                .onFailure()
                .invoke(failure -> failed.accept(instance, failure))
                .onFailure()
                .recoverWithItem(Turn.FAILED);
    }

    private Uni<Turn> compare(InstanceId instance) {
        return ledger.load(instance)
                .flatMap(found -> found.filter(record -> !quiet(record))
                        .map(this::compare)
                        .orElseGet(() -> Uni.createFrom().item(Turn.UNCHANGED)));
    }

    private Uni<Turn> compare(RoleRecord record) {
        return reconciler.reconcile(record, Basis.IAM).map(reconciliation -> switch (reconciliation) {
            case Reconciliation.InForce inForce -> inForce.steps().isEmpty() ? Turn.UNCHANGED : Turn.REPAIRED;
            case Reconciliation.Held held -> Turn.HELD;
        });
    }

    private boolean quiet(RoleRecord record) {
        return record.role().deleted()
                && record.settled()
                && record.changedAt().plus(quietPeriod).isBefore(clock.instant());
    }
}
