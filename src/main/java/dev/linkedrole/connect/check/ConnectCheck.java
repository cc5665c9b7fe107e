package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.check.CheckTurn.OtherReplicaException;
import dev.linkedrole.connect.check.CheckTurn.TurnEndedException;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.connect.walk.WalkEndedException;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.checks.Checks;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.retry.FailureText;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driver of the check on any replica: begins the turns that are due, several locations at once, each by itself. A walk
 * over a location's instances goes on where the last turn ended, on whichever replica; the next walk begins a period
 * after the last began, and not before that has ended.
 */
public final class ConnectCheck {

    /** Maximum number of locations that one replica reads at once. */
    static final int MAX_AT_ONCE = 50;

    private static final Logger LOG = LoggerFactory.getLogger(ConnectCheck.class);

    private final CheckLocations locations;
    private final LocationWalk walk;
    private final CheckTurn.Parts parts;
    private final Map<ConnectLocation, CompletableFuture<Void>> active = new ConcurrentHashMap<>();
    private final Map<ConnectLocation, Sighting> sightings = new ConcurrentHashMap<>();
    private int looks;
    private volatile boolean stopping;

    /**
     * @param clock the clock by which times are written
     * @param steady this process's own time
     */
    public ConnectCheck(
            Checks checks,
            CheckLocations locations,
            LocationWalk walk,
            InstanceRecorder recorder,
            Ledger ledger,
            CheckMetrics metrics,
            CheckPeriod period,
            InstantSource clock,
            InstantSource steady) {
        this.locations = locations;
        this.walk = walk;
        this.parts = new CheckTurn.Parts(checks, ledger, recorder, metrics, period, clock, steady);
    }

    /**
     * A walk as this process knows it.
     *
     * @param begunAt time that is written
     * @param age its age when this process first saw it, as far as the written time is possible
     * @param at that moment, in this process's own time
     */
    private record Sighting(Instant begunAt, Duration age, Instant at) {}

    /** Time between two calls of {@link #work}. */
    Duration look() {
        return parts.period().look();
    }

    /** True if there is a check. */
    boolean on() {
        return parts.period().on();
    }

    /**
     * Begins the turns that are due. They go on after this has completed.
     *
     * @return fails if the ledger does
     */
    public Uni<Void> work() {
        return locations
                .all()
                .flatMap(known -> parts.checks().all().invoke(progress -> begin(known, progress)))
                .replaceWithVoid();
    }

    private void begin(List<ConnectLocation> known, List<CheckProgress> all) {
        Map<ImportLocation, CheckProgress> progress = new HashMap<>();
        all.forEach(at -> progress.put(at.location(), at));
        List<ConnectLocation> order = new ArrayList<>(known);
        // Each look begins at another location, so that with many of them each has its turn.
        Collections.rotate(order, -(looks++ * MAX_AT_ONCE));
        order.forEach(location -> {
            ImportLocation key = new ImportLocation(location.account(), location.region());
            begin(location, progress.getOrDefault(key, CheckProgress.none(key)));
        });
    }

    private void begin(ConnectLocation location, CheckProgress progress) {
        Duration age = age(location, progress);
        boolean fresh = progress.begunAt().isEmpty()
                || (progress.ended() && age.compareTo(parts.period().every()) >= 0);
        boolean behind =
                !progress.ended() && progress.through() < parts.period().goal(progress.listed(), age);
        if (stopping || active.size() >= MAX_AT_ONCE || !(fresh || behind)) {
            return;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (active.putIfAbsent(location, end) != null) {
            return;
        }
        CheckTurn turn = new CheckTurn(location, parts, progress, fresh, age);
        walk.walk(location, turn.from(), turn)
                .chain(turn::done)
                .onFailure()
                .recoverWithUni(failure -> failed(turn, failure))
                .onFailure(OtherReplicaException.class)
                .recoverWithNull()
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn(), failure)
                        .log("The progress of the check could not be written: {}", FailureText.of(failure)))
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(() -> {
                    turn.tell();
                    active.remove(location);
                })
                .subscribe()
                .with(done -> end.complete(null));
    }

    private static Uni<Void> failed(CheckTurn turn, Throwable failure) {
        boolean isNone = failure instanceof TurnEndedException
                || failure instanceof WalkEndedException
                || failure instanceof OtherReplicaException
                || failure instanceof StoppingException;
        return isNone ? Uni.createFrom().voidItem() : turn.failed(failure);
    }

    /** Returns the age of a walk by this process's own time: the clocks of replicas may differ by hours. */
    private Duration age(ConnectLocation location, CheckProgress progress) {
        Instant now = parts.steady().instant();
        return progress.begunAt()
                .map(begunAt -> sightings.compute(
                        location,
                        (same, seen) -> seen != null && seen.begunAt().equals(begunAt)
                                ? seen
                                : new Sighting(begunAt, possible(begunAt), now)))
                .map(seen -> seen.age().plus(Duration.between(seen.at(), now)))
                .orElse(Duration.ZERO);
    }

    /** Returns the age of a walk by the time that is written, within what is possible. */
    private Duration possible(Instant begunAt) {
        Duration age = Duration.between(begunAt, parts.clock().instant());
        Duration atLeast = age.isNegative() ? Duration.ZERO : age;
        Duration every = parts.period().every();
        return atLeast.compareTo(every) > 0 ? every : atLeast;
    }

    /**
     * Ends all turns, and begins no more. Another replica goes on with them.
     *
     * @return completes when all have ended
     */
    public CompletableFuture<Void> stop() {
        stopping = true;
        walk.stop();
        return CompletableFuture.allOf(active.values().toArray(new CompletableFuture<?>[0]));
    }
}
