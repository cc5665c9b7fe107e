package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.connect.comparison.Comparison;
import dev.linkedrole.connect.recording.EventLine;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.ledger.imports.Finding;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.Imports;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Import at one location. Progress is written after an instance's events are recorded, so that a replica that goes on
 * after a crash repeats at most one instance, whose events are then no longer lacking.
 */
final class ImportVisitor implements LocationWalk.Visitor {

    private final ImportRecord request;
    private final Imports imports;
    private final InstanceRecorder recorder;
    private final ImportMetrics metrics;
    private final InstantSource clock;
    private volatile LocationProgress progress;

    /** @param progress progress so far */
    ImportVisitor(
            ImportRecord request,
            LocationProgress progress,
            Imports imports,
            InstanceRecorder recorder,
            ImportMetrics metrics,
            InstantSource clock) {
        this.request = request;
        this.progress = progress;
        this.imports = imports;
        this.recorder = recorder;
        this.metrics = metrics;
        this.clock = clock;
    }

    LocationProgress progress() {
        return progress;
    }

    /** Writes the progress; fails if another replica has written its own. */
    Uni<Void> save(LocationProgress next) {
        return imports.save(request.id(), next)
                .invoke(saved -> {
                    if (!saved) {
                        throw new OtherReplicaException();
                    }
                    progress = next;
                })
                .replaceWithVoid();
    }

    @Override
    public ReadScope scope() {
        return recorder.scope();
    }

    /**
     * Counts the instances first, which takes one request for ten of them, so that the time that the import takes is
     * known before the first is read.
     */
    @Override
    public Uni<Void> begin(ConnectGateway gateway) {
        return save(progress.begun(clock.instant()))
                .chain(() -> progress.counts().listed().isPresent()
                        ? Uni.createFrom().voidItem()
                        : Trampoline.run(Counted.NONE, Counted::last, so -> so.next(gateway))
                                .flatMap(all -> save(progress.counted(all.instances()))));
    }

    /** Instances counted so far. */
    private record Counted(long instances, Optional<String> next, boolean last) {

        static final Counted NONE = new Counted(0, Optional.empty(), false);

        Uni<Counted> next(ConnectGateway gateway) {
            return gateway.instances(next).map(page -> {
                if (page.next().isPresent() && page.next().equals(next)) {
                    throw new ConnectCallException(Kind.MALFORMED, "the pages of the instances do not end");
                }
                return new Counted(
                        instances + page.instances().size(),
                        page.next(),
                        page.next().isEmpty());
            });
        }
    }

    @Override
    public Uni<Void> restart() {
        return save(progress.restarted());
    }

    @Override
    public Uni<Void> visit(InstanceReading reading, LocationWalk.Position after) {
        return recorder.compare(reading).flatMap(comparison -> compared(reading, comparison, after));
    }

    private Uni<Void> compared(InstanceReading reading, Comparison comparison, LocationWalk.Position after) {
        List<String> lines =
                comparison.events().stream().map(event -> EventLine.of(event)).toList();
        List<String> notes = Stream.concat(
                        reading.unread().stream().map(ImportVisitor::sentence), comparison.notes().stream())
                .toList();
        String arn = reading.instance().arn().toString();
        return keep(arn, lines, notes)
                .chain(() -> request.dryRun()
                        ? Uni.createFrom().item(List.<String>of())
                        : recorder.record(comparison, () -> recorder.compare(reading)))
                .flatMap(more -> noted(arn, lines, notes, more))
                .flatMap(noted -> through(reading.instance().arn(), lines, noted, after))
                .invoke(() -> metrics.read(lines.size(), request.dryRun()));
    }

    /** Keeps the finding again, if recording has led to notes. Completes with whether there are any. */
    private Uni<Boolean> noted(String subject, List<String> lines, List<String> before, List<String> more) {
        List<String> all = Stream.concat(before.stream(), more.stream()).toList();
        return (more.isEmpty() ? Uni.createFrom().voidItem() : keep(subject, lines, all)).replaceWith(!all.isEmpty());
    }

    private Uni<Void> through(InstanceArn instance, List<String> lines, boolean noted, LocationWalk.Position after) {
        boolean kept = mayKeep() && (noted || !lines.isEmpty());
        Counts counts = progress.counts().plus(lines.size(), noted, kept);
        InstanceId last = after.last().orElse(instance.id());
        return save(progress.through(after.page(), last, counts, clock.instant()));
    }

    @Override
    public Uni<Void> unread(InstanceArn instance, Unread why, LocationWalk.Position after) {
        return keep(instance.toString(), List.of(), List.of(sentence(why)))
                .chain(() -> through(instance, List.of(), true, after));
    }

    @Override
    public Uni<Void> illegible(Unread why) {
        return keep(why.part(), List.of(), List.of(sentence(why)))
                .chain(() -> save(progress.with(progress.counts().plus(0, true, mayKeep()))));
    }

    private static String sentence(Unread why) {
        return why.part() + " was not read: " + why.kind() + ": " + why.reason();
    }

    private boolean mayKeep() {
        return progress.counts().findings() < Finding.MAX_KEPT;
    }

    private Uni<Void> keep(String subject, List<String> lines, List<String> notes) {
        return mayKeep() && !(lines.isEmpty() && notes.isEmpty())
                ? imports.keep(request.id(), new Finding(progress.location(), subject, lines, notes))
                : Uni.createFrom().voidItem();
    }

    /** Another replica goes on with this location. */
    static final class OtherReplicaException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        OtherReplicaException() {
            super("another replica goes on with this location", null, false, false);
        }
    }
}
