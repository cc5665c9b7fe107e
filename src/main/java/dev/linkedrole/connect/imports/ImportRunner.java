package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.imports.ImportVisitor.OtherReplicaException;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.connect.walk.WalkEndedException;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.retry.Retry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Driver of the imports that have not ended, on any replica: begins and goes on with their locations, several at once,
 * each by itself, and ends an import once all of its locations have ended.
 */
public final class ImportRunner {

    /** Maximum number of locations that one replica reads at once. */
    static final int MAX_AT_ONCE = 50;

    /** Time without any instance after which a location that fails again and again is given up. */
    static final Duration MAX_DELAY = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(ImportRunner.class);
    private static final Backoff BETWEEN_TURNS = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

    private final Imports imports;
    private final LocationWalk walk;
    private final InstanceRecorder recorder;
    private final ImportMetrics metrics;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Retry retry;
    private final Map<Key, CompletableFuture<Void>> active = new ConcurrentHashMap<>();
    private final Map<Key, Pause> pauses = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * @param clock the clock by which times are written
     * @param steady this process's own time
     */
    public ImportRunner(
            Imports imports,
            LocationWalk walk,
            InstanceRecorder recorder,
            ImportMetrics metrics,
            InstantSource clock,
            InstantSource steady,
            Retry retry) {
        this.imports = imports;
        this.walk = walk;
        this.recorder = recorder;
        this.metrics = metrics;
        this.clock = clock;
        this.steady = steady;
        this.retry = retry;
    }

    private record Key(String id, ImportLocation location) {}

    /**
     * Pause after a failed turn.
     *
     * @param turns failed turns since the last instance
     */
    private record Pause(int turns, Instant until) {}

    /**
     * Begins what there is to do. The walks go on after this has completed.
     *
     * @return fails if the ledger does
     */
    public Uni<Void> work() {
        return imports.running()
                .onItem()
                .transformToMulti(running -> Multi.createFrom().iterable(running))
                .onItem()
                .transformToUniAndConcatenate(this::goOn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> goOn(ImportRecord request) {
        return imports.progress(request.id()).flatMap(known -> {
            Map<ImportLocation, LocationProgress> progress = byLocation(request, known);
            progress.values().stream()
                    .filter(location -> !location.ended())
                    .forEach(location -> begin(request, location));
            return progress.values().stream().allMatch(LocationProgress::ended)
                    ? end(request, progress)
                    : Uni.createFrom().voidItem();
        });
    }

    private static Map<ImportLocation, LocationProgress> byLocation(
            ImportRecord request, List<LocationProgress> known) {
        Map<ImportLocation, LocationProgress> progress = new TreeMap<>();
        request.locations().forEach(location -> progress.put(location, LocationProgress.waiting(location)));
        known.forEach(location -> progress.put(location.location(), location));
        return progress;
    }

    private Uni<Void> end(ImportRecord request, Map<ImportLocation, LocationProgress> progress) {
        boolean failed = progress.values().stream().anyMatch(at -> at.state() == LocationProgress.State.FAILED);
        ImportRecord.State how = failed ? ImportRecord.State.FAILED : ImportRecord.State.DONE;
        pauses.keySet().removeIf(key -> key.id().equals(request.id()));
        return imports.end(request.id(), how, clock.instant())
                .invoke(() -> LOG.atInfo()
                        .addKeyValue("import", request.id())
                        .addKeyValue("state", how)
                        .log("An import has ended"));
    }

    private void begin(ImportRecord request, LocationProgress progress) {
        Key key = new Key(request.id(), progress.location());
        Pause pause = pauses.get(key);
        if (stopping
                || active.size() >= MAX_AT_ONCE
                || (pause != null && pause.until().isAfter(steady.instant()))) {
            return;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        if (active.putIfAbsent(key, end) != null) {
            return;
        }
        turn(request, progress, key)
                .onFailure()
                .invoke(failure -> FailureText.on(LOG.atWarn().addKeyValue("import", key.id()), failure)
                        .log("The progress of an import could not be written: {}", FailureText.of(failure)))
                .onTermination()
                .invoke(() -> active.remove(key))
                .onFailure()
                .recoverWithNull()
                .subscribe()
                .with(done -> end.complete(null));
    }

    private Uni<Void> turn(ImportRecord request, LocationProgress before, Key key) {
        ImportVisitor visitor = new ImportVisitor(request, before, imports, recorder, metrics, clock);
        LocationWalk.Position from = new LocationWalk.Position(before.page(), before.last());
        ConnectLocation location =
                new ConnectLocation(key.location().account(), key.location().region());
        return walk.walk(location, from, visitor)
                .chain(() -> visitor.save(visitor.progress().done(clock.instant())))
                .onFailure()
                .recoverWithUni(failure -> failed(visitor, before, key, failure))
                .chain(() -> visitor.progress().ended()
                        ? goOn(request)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> failed(ImportVisitor visitor, LocationProgress before, Key key, Throwable failure) {
        if (failure instanceof WalkEndedException
                || failure instanceof OtherReplicaException
                || failure instanceof StoppingException) {
            return Uni.createFrom().voidItem();
        }
        LocationProgress progress = visitor.progress();
        String reason = FailureText.of(failure);
        FailureText.on(
                        LOG.atWarn()
                                .addKeyValue("import", key.id())
                                .addKeyValue("account", key.location().account())
                                .addKeyValue("region", key.location().region()),
                        failure)
                .log("An account and region could not be imported: {}", reason);
        if (isFinal(failure) || isOld(progress)) {
            pauses.remove(key);
            return visitor.save(progress.failed(reason, clock.instant()));
        }
        pause(key, progress.counts().read() > before.counts().read());
        return visitor.save(progress.delayed(reason));
    }

    private static boolean isFinal(Throwable failure) {
        return failure instanceof ConnectCallException connect && !connect.mayPass();
    }

    /** True if no instance was read for a long time. */
    private boolean isOld(LocationProgress progress) {
        return progress.changedAt()
                .filter(at -> at.plus(MAX_DELAY).isBefore(clock.instant()))
                .isPresent();
    }

    private void pause(Key key, boolean progressed) {
        Pause last = pauses.get(key);
        int turns = progressed || last == null ? 1 : last.turns() + 1;
        // Not at once, unlike in a crowd of callers: nobody else reads this location.
        Duration pause = BETWEEN_TURNS
                .bound(turns)
                .dividedBy(2)
                .plus(BETWEEN_TURNS.pause(turns, retry.chance()).dividedBy(2));
        pauses.put(key, new Pause(turns, steady.instant().plus(pause)));
    }

    /**
     * Ends all walks, and begins no more. Another replica goes on with them.
     *
     * @return completes when all have ended
     */
    public CompletableFuture<Void> stop() {
        stopping = true;
        walk.stop();
        return CompletableFuture.allOf(active.values().toArray(new CompletableFuture<?>[0]));
    }
}
