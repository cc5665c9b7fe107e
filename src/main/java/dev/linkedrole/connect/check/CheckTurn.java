package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.connect.comparison.Comparison;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.recording.NotRecordedException;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.checks.CheckProgress;
import dev.linkedrole.ledger.checks.Checks;
import dev.linkedrole.retry.FailureText;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Turn of the check at one location: visits instances until it has reached its goal. The first turn of a walk lists all
 * instances beforehand, and asks about each recorded one that is not listed.
 *
 * <p>Progress is written after an instance's events are recorded, so that a replica that goes on after a crash repeats at
 * most one instance, whose events are then no longer lacking.
 */
final class CheckTurn implements LocationWalk.Visitor {

    /** Time after which a turn ends at the next instance, so that an import comes to its turn. */
    static final Duration MAX_TURN = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(CheckTurn.class);

    private final ConnectLocation location;
    private final Parts parts;
    private final boolean fresh;
    private final Duration age;
    private final Instant begun;
    private volatile CheckProgress progress;
    private final AtomicInteger differing = new AtomicInteger();
    private final AtomicInteger recorded = new AtomicInteger();

    /**
     * @param progress progress so far
     * @param fresh true if a new walk begins
     * @param age time since the present walk was begun
     */
    CheckTurn(ConnectLocation location, Parts parts, CheckProgress progress, boolean fresh, Duration age) {
        this.location = location;
        this.parts = parts;
        this.progress = progress;
        this.fresh = fresh;
        this.age = age;
        this.begun = parts.steady().instant();
    }

    /** The parts that all turns share. */
    record Parts(
            Checks checks,
            Ledger ledger,
            InstanceRecorder recorder,
            CheckMetrics metrics,
            CheckPeriod period,
            InstantSource clock,
            InstantSource steady) {}

    LocationWalk.Position from() {
        return fresh ? LocationWalk.Position.BEGINNING : new LocationWalk.Position(progress.page(), progress.last());
    }

    /** Ends the walk: all instances are through. */
    Uni<Void> done() {
        return save(progress.done());
    }

    /** Reports the failure of the turn. */
    Uni<Void> failed(Throwable failure) {
        String kind = failure instanceof ConnectCallException connect
                ? CheckMetrics.word(connect.kind())
                : CheckMetrics.RECORDING;
        return fail(kind, FailureText.of(failure))
                ? save(progress.next())
                : Uni.createFrom().voidItem();
    }

    /** Tells what the turn has found. */
    void tell() {
        if (differing.get() > 0) {
            located(LOG.atInfo())
                    .addKeyValue("instances", differing.get())
                    .addKeyValue("events", recorded.get())
                    .log("The check has recorded what Amazon Connect says and events had not told");
        }
    }

    private LoggingEventBuilder located(LoggingEventBuilder line) {
        return line.addKeyValue("account", location.account()).addKeyValue("region", location.region());
    }

    /** Writes the progress; fails if another replica has written its own. */
    private Uni<Void> save(CheckProgress next) {
        return parts.checks()
                .save(next)
                .invoke(saved -> {
                    if (!saved) {
                        throw new OtherReplicaException();
                    }
                    progress = next;
                })
                .replaceWithVoid();
    }

    /**
     * Counts a failure, and logs the first of a period.
     *
     * @return true if it was logged: the time of that is to be written with the next progress
     */
    private boolean fail(String kind, String what) {
        parts.metrics().failed(kind);
        Instant now = parts.clock().instant();
        boolean silent = progress.reportedAt()
                .filter(at -> at.plus(parts.period().silence()).isAfter(now))
                .isPresent();
        if (!silent) {
            progress = progress.reported(now);
            located(LOG.atWarn())
                    .addKeyValue("kind", kind)
                    .log("The check could not do all; further failures here are only counted for a while: {}", what);
        }
        return !silent;
    }

    @Override
    public ReadScope scope() {
        return parts.recorder().scope();
    }

    @Override
    public Uni<Void> begin(ConnectGateway gateway) {
        return fresh
                ? Listing.of(gateway)
                        .call(listing -> listing.legible()
                                ? absent(gateway, listing)
                                : Uni.createFrom().voidItem())
                        .flatMap(listing -> begun(listing.ids().size()))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> begun(int instances) {
        Duration each = CheckPeriod.perInstance(scope());
        if (parts.period().isTooShortFor(instances, each)) {
            located(LOG.atWarn())
                    .addKeyValue("instances", instances)
                    .log(
                            "The rate that Amazon Connect allows is too low for linked-role.connect.every: a check of"
                                    + " all instances takes {} minutes",
                            each.multipliedBy(instances).toMinutes());
        }
        return save(progress.begun(parts.clock().instant(), instances));
    }

    /** Asks about the recorded instances that are not listed, one by one. */
    private Uni<Void> absent(ConnectGateway gateway, Listing listing) {
        Ledger ledger = parts.ledger();
        return ledger.records(ledger.all().filter(id -> !listing.ids().contains(id)))
                .map(RoleRecord::role)
                .filter(LinkedRole::live)
                .map(LinkedRole::instance)
                .filter(instance -> location.has(instance) && CheckLocations.isOfConnect(instance))
                .onItem()
                .transformToUniAndConcatenate(instance -> ask(gateway, instance))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> ask(ConnectGateway gateway, InstanceArn instance) {
        return Uni.createFrom().deferred(() -> {
            Instant asked = parts.clock().instant();
            return gateway.instance(instance.id())
                    .flatMap(found -> found.isPresent()
                            ? Uni.createFrom().voidItem()
                            : compare(() -> parts.recorder().gone(instance, asked)))
                    .onFailure(
                            failure -> failure instanceof ConnectCallException connect && !connect.concernsLocation())
                    .recoverWithUni(failure -> {
                        fail(
                                CheckMetrics.word(((ConnectCallException) failure).kind()),
                                instance + ": " + FailureText.of(failure));
                        return Uni.createFrom().voidItem();
                    });
        });
    }

    /** Compares an instance with its record, and records the difference. */
    private Uni<Void> compare(Supplier<Uni<Comparison>> comparing) {
        return comparing
                .get()
                .invoke(found -> parts.metrics().compared())
                .flatMap(found -> record(found, comparing).replaceWith(found.notes()))
                .invoke(notes -> notes.forEach(note -> fail(CheckMetrics.UNDECIDED, note)))
                .replaceWithVoid();
    }

    private Uni<Void> record(Comparison found, Supplier<Uni<Comparison>> again) {
        return parts.recorder()
                .record(found, again)
                .invoke(notes -> {
                    if (!found.events().isEmpty()) {
                        differing.incrementAndGet();
                        recorded.addAndGet(found.events().size());
                        parts.metrics().differing(found.events().size());
                    }
                    notes.forEach(note -> fail(CheckMetrics.RECORDING, note));
                })
                .onFailure(NotRecordedException.class)
                .recoverWithItem(failure -> {
                    fail(CheckMetrics.RECORDING, FailureText.of(failure));
                    return List.of();
                })
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> restart() {
        return save(progress.restarted());
    }

    @Override
    public Uni<Void> visit(InstanceReading reading, LocationWalk.Position after) {
        reading.unread().forEach(this::fail);
        return compare(() -> parts.recorder().compare(reading))
                .chain(() -> through(reading.instance().arn().id(), after));
    }

    @Override
    public Uni<Void> unread(InstanceArn instance, Unread why, LocationWalk.Position after) {
        fail(why);
        return through(instance.id(), after);
    }

    @Override
    public Uni<Void> illegible(Unread why) {
        fail(why);
        return Uni.createFrom().voidItem();
    }

    private void fail(Unread why) {
        fail(CheckMetrics.word(why.kind()), why.part() + " was not read: " + why.reason());
    }

    private Uni<Void> through(InstanceId instance, LocationWalk.Position after) {
        return save(progress.through(after.page(), after.last().orElse(instance)))
                .invoke(() -> {
                    boolean reached =
                            progress.through() >= parts.period().goal(progress.listed(), fresh ? Duration.ZERO : age);
                    if (reached || !begun.plus(MAX_TURN).isAfter(parts.steady().instant())) {
                        throw new TurnEndedException();
                    }
                });
    }

    /** A turn has reached its goal. */
    static final class TurnEndedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TurnEndedException() {
            super("the rest of the instances has its turn later", null, false, false);
        }
    }

    /** Another replica goes on with this location. */
    static final class OtherReplicaException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherReplicaException() {
            super("another replica goes on with this location", null, false, false);
        }
    }
}
