package dev.linkedrole.connect.walk;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectGateway;
import dev.linkedrole.connect.ConnectInstance;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.ConnectLocations;
import dev.linkedrole.connect.InstancePage;
import dev.linkedrole.connect.InstanceReader;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Walk over the instances of one location: page by page, each instance whole before the next, at the rate that the
 * location allows. It can go on where another walk ended, on any replica. One page is in memory, and one instance's
 * settings.
 */
public final class LocationWalk {

    private final ConnectLocations locations;
    private final LocationLeases leases;
    private final InstantSource clock;

    /**
     * @param clock the clock by which readings are timed, and leases written
     * @param steady this process's own time
     */
    public LocationWalk(
            ConnectLocations locations, Leases leases, InstantSource clock, InstantSource steady, Retry retry) {
        this.locations = locations;
        this.leases = new LocationLeases(leases, clock, steady, retry);
        this.clock = clock;
    }

    /**
     * A position in a walk. Instances after it were not visited.
     *
     * @param page marker of the page; empty for the first one
     * @param last the last instance of the page that was visited; empty if none was
     */
    public record Position(Optional<String> page, Optional<InstanceId> last) {

        /** The position before the first instance. */
        public static final Position BEGINNING = new Position(Optional.empty(), Optional.empty());
    }

    /** Work on each instance. The walk goes on when what a method returns has completed, and ends if it fails. */
    public interface Visitor {

        /** The settings to read. */
        ReadScope scope();

        /** Called once, before the first instance of this turn, while the lease is held. */
        default Uni<Void> begin(ConnectGateway gateway) {
            return Uni.createFrom().voidItem();
        }

        /** Called if Amazon Connect no longer knows the marker of the position: the walk begins again. */
        Uni<Void> restart();

        /**
         * Called with each instance.
         *
         * @param after the position from which a walk goes on after this instance
         */
        Uni<Void> visit(InstanceReading reading, Position after);

        /**
         * Called with an instance that cannot be read.
         *
         * @param after the position from which a walk goes on after this instance
         */
        Uni<Void> unread(InstanceArn instance, Unread why, Position after);

        /** Called with an instance that the list names in a way that cannot be read. */
        Uni<Void> illegible(Unread why);
    }

    /**
     * Walks over the instances after a position.
     *
     * @return completes when all were visited. Fails with a {@link WalkEndedException} if the walk is to go on later or
     *     elsewhere, with a {@link ConnectCallException} if the location cannot be read, and with any failure of the
     *     visitor
     */
    public Uni<Void> walk(ConnectLocation location, Position from, Visitor visitor) {
        return leases.during(
                location,
                () -> locations.in(
                        location,
                        gateway -> visitor.begin(gateway)
                                .chain(() ->
                                        new Turn(gateway, new InstanceReader(gateway, clock), visitor).from(from))));
    }

    /** Ends all walks, and begins no more. */
    public void stop() {
        leases.stop();
    }

    /** A place in a turn. */
    private sealed interface Stage {

        /**
         * A page is to be read.
         *
         * @param resumed true if the marker is from an earlier turn, and so may be too old
         */
        record NextPage(Position from, boolean resumed) implements Stage {}

        /** An instance of a page is to be visited; after the last one, the next page. */
        record NextInstance(Optional<String> marker, InstancePage page, int index) implements Stage {}

        /** All instances were visited. */
        record End() implements Stage {}
    }

    /** One turn of a walk. */
    private record Turn(ConnectGateway gateway, InstanceReader reader, Visitor visitor) {

        Uni<Void> from(Position position) {
            Stage first = new Stage.NextPage(position, position.page().isPresent());
            return Trampoline.run(first, Stage.End.class::isInstance, this::next)
                    .replaceWithVoid();
        }

        private Uni<Stage> next(Stage stage) {
            return switch (stage) {
                case Stage.NextPage page -> read(page);
                case Stage.NextInstance instance -> next(instance);
                case Stage.End end -> Uni.createFrom().item(end);
            };
        }

        private Uni<Stage> read(Stage.NextPage next) {
            Position from = next.from();
            return gateway.instances(from.page())
                    .flatMap(page -> begin(from, page))
                    .onFailure(failure -> next.resumed() && ConnectCallException.is(failure, Kind.REJECTED))
                    .recoverWithUni(
                            tooOld -> visitor.restart().replaceWith(new Stage.NextPage(Position.BEGINNING, false)));
        }

        private Uni<Stage> begin(Position from, InstancePage page) {
            if (page.next().isPresent() && page.next().equals(from.page())) {
                throw new ConnectCallException(Kind.MALFORMED, "the pages of the instances do not end");
            }
            Stage first = new Stage.NextInstance(from.page(), page, indexAfter(from.last(), page.instances()));
            return from.last().isPresent()
                    ? Uni.createFrom().item(first)
                    : illegible(page.unread()).replaceWith(first);
        }

        private Uni<Void> illegible(List<Unread> unread) {
            Uni<Void> all = Uni.createFrom().voidItem();
            for (Unread why : unread) {
                all = all.chain(() -> visitor.illegible(why));
            }
            return all;
        }

        /** Returns the index after the last instance visited; 0 if it is gone: a visit may be repeated. */
        private static int indexAfter(Optional<InstanceId> last, List<ConnectInstance> instances) {
            return last.map(id -> instances.stream()
                                    .map(instance -> instance.arn().id())
                                    .toList()
                                    .indexOf(id)
                            + 1)
                    .orElse(0);
        }

        private Uni<Stage> next(Stage.NextInstance next) {
            InstancePage page = next.page();
            if (next.index() == page.instances().size()) {
                return Uni.createFrom()
                        .item(page.next()
                                .<Stage>map(marker ->
                                        new Stage.NextPage(new Position(Optional.of(marker), Optional.empty()), false))
                                .orElseGet(Stage.End::new));
            }
            InstanceArn instance = page.instances().get(next.index()).arn();
            return visit(instance, new Position(next.marker(), Optional.of(instance.id())))
                    .replaceWith(new Stage.NextInstance(next.marker(), page, next.index() + 1));
        }

        /** Visits an instance. One that was deleted after the page was read is passed over. */
        private Uni<Void> visit(InstanceArn instance, Position after) {
            return reader.read(instance.id(), visitor.scope())
                    .map(Read::of)
                    .onFailure(
                            failure -> failure instanceof ConnectCallException connect && !connect.concernsLocation())
                    .recoverWithItem(failure -> Read.not((ConnectCallException) failure))
                    .flatMap(read -> read.why()
                            .map(why -> visitor.unread(instance, why, after))
                            .orElseGet(() -> read.reading()
                                    .map(reading -> visitor.visit(reading, after))
                                    .orElseGet(() -> Uni.createFrom().voidItem())));
        }
    }

    /** Result of reading an instance: its settings, the reason for which they cannot be read, or nothing. */
    private record Read(Optional<InstanceReading> reading, Optional<Unread> why) {

        static Read of(Optional<InstanceReading> reading) {
            return new Read(reading, Optional.empty());
        }

        static Read not(ConnectCallException failure) {
            return new Read(
                    Optional.empty(),
                    Optional.of(new Unread("instance", failure.kind(), String.valueOf(failure.getMessage()))));
        }
    }
}
