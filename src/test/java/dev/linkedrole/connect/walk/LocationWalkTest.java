package dev.linkedrole.connect.walk;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.linkedrole.connect.ConnectCallException;
import dev.linkedrole.connect.ConnectCallException.Kind;
import dev.linkedrole.connect.ConnectLocation;
import dev.linkedrole.connect.InstanceReading;
import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.Unread;
import dev.linkedrole.connect.walk.WalkEndedException.Reason;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelAnswer;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.ModelInstance;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Walks over the instances of the model, in virtual time. */
class LocationWalkTest {

    private static final ConnectLocation HERE = new ConnectLocation("111122223333", "us-west-2");
    private static final ConnectLocation THERE = new ConnectLocation("444455556666", "us-west-2");
    private static final ReadScope SCOPE = new ReadScope(Set.of("ATTACHMENTS"), Set.of(), false, false);
    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ManualTime time = new ManualTime();
    private final ModelConnect connect = new ModelConnect(time);
    private final ModelLeases.ModelledLeases shared = new ModelLeases.ModelledLeases();
    private final LocationWalk walk = walk(leases("one"));
    private final Visits visits = new Visits();

    private LocationWalk walk(Leases leases) {
        VirtualReplica replica = new VirtualReplica(time, new InProcessConnect(connect::answer), RequestRate.DEFAULT);
        return new LocationWalk(replica.locations(), leases, time, time, time.retry(0.5));
    }

    private Leases leases(String holder) {
        return new ModelLeases(shared, new Prompt(), holder);
    }

    @AfterEach
    void nothing_was_asked_that_does_not_fit_the_api() {
        assertThat(connect.misfits()).isEmpty();
    }

    @Test
    void each_instance_is_visited_once_and_whole_before_the_next() {
        // Given
        List<InstanceId> all = fleet(HERE, 23);
        Instant begun = time.instant();

        // When
        end(walk.walk(HERE, LocationWalk.Position.BEGINNING, visits));

        // Then
        assertThat(visits.ids).containsExactlyElementsOf(all);
        assertThat(connect.requests().subList(0, 5))
                .containsExactly(
                        "ListInstances",
                        "DescribeInstance",
                        "ListInstanceStorageConfigs",
                        "DescribeInstance",
                        "ListInstanceStorageConfigs");
        assertThat(lease().isFree()).isTrue();

        // And as fast as the location allows
        assertThat(connect.requests()).hasSize(3 + 23 * SCOPE.requests());
        assertThat(Duration.between(begun, time.instant()))
                .isLessThan(RequestRate.DEFAULT.time(connect.requests().size() * 11L / 10));
    }

    @Test
    void a_walk_goes_on_after_any_instance_on_another_replica() {
        List<InstanceId> all = fleet(HERE, 23);
        for (int many = 1; many < all.size(); many++) {
            // Given a walk that ended after so many instances
            int last = many;
            Visits first = new Visits();
            first.then = id -> {
                if (first.ids.size() == last) {
                    throw new IllegalStateException("dead");
                }
            };
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> end(walk.walk(HERE, LocationWalk.Position.BEGINNING, first)));

            // When
            Visits rest = new Visits();
            end(walk(leases("two")).walk(HERE, first.positions.getLast(), rest));

            // Then
            assertThat(first.ids).containsExactlyElementsOf(all.subList(0, many));
            assertThat(rest.ids).containsExactlyElementsOf(all.subList(many, all.size()));
        }
    }

    @Test
    void a_page_whose_last_visited_instance_is_gone_is_visited_again() {
        // Given
        List<InstanceId> all = fleet(HERE, 12);
        connect.remove(arn(HERE, 4));

        // When
        end(walk.walk(HERE, new LocationWalk.Position(Optional.empty(), Optional.of(all.get(4))), visits));

        // Then
        assertThat(visits.ids).hasSize(11).contains(all.get(0));
    }

    @Test
    void a_marker_that_is_no_longer_known_begins_the_walk_again() {
        // Given
        List<InstanceId> all = fleet(HERE, 3);
        connect.answerNext("ListInstances", ModelAnswer.error(400, "InvalidParameterException", "token expired"));

        // When
        end(walk.walk(HERE, new LocationWalk.Position(Optional.of("old"), Optional.of(all.get(1))), visits));

        // Then
        assertThat(visits.restarts).isOne();
        assertThat(visits.ids).containsExactlyElementsOf(all);
    }

    @Test
    void an_instance_that_cannot_be_read_is_told_and_passed() {
        fleet(HERE, 2);
        connect.deny("DescribeInstance");

        end(walk.walk(HERE, LocationWalk.Position.BEGINNING, visits));

        assertThat(visits.ids).isEmpty();
        assertThat(visits.unread).extracting(Unread::kind).containsExactly(Kind.DENIED, Kind.DENIED);
    }

    @Test
    void an_instance_that_was_deleted_meanwhile_is_passed_over() {
        List<InstanceId> all = fleet(HERE, 3);
        visits.then = id -> connect.remove(arn(HERE, 1));

        end(walk.walk(HERE, LocationWalk.Position.BEGINNING, visits));

        assertThat(visits.ids).containsExactly(all.get(0), all.get(2));
    }

    @Test
    void a_location_that_is_throttled_ends_its_turn_and_no_other() {
        // Given
        fleet(HERE, 3);
        List<InstanceId> others = fleet(THERE, 3);
        ModelAnswer[] throttled =
                IntStream.range(0, 5).mapToObj(i -> ModelAnswer.throttled()).toArray(ModelAnswer[]::new);
        connect.answerNext("ListInstances", throttled);

        // When
        CompletableFuture<Void> here = begin(walk, HERE, visits);
        assertThatExceptionOfType(ConnectCallException.class)
                .isThrownBy(() -> end(here))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.THROTTLED));

        // Then
        Visits there = new Visits();
        end(walk.walk(THERE, LocationWalk.Position.BEGINNING, there));
        assertThat(there.ids).containsExactlyElementsOf(others);
        assertThat(lease().isFree()).isTrue();
    }

    @Test
    void one_replica_at_a_time_walks_over_a_location() {
        fleet(HERE, 3);
        CompletableFuture<Void> first = begin(walk, HERE, visits);

        assertEnds(walk(leases("two")), Reason.LEASE_TAKEN);
        assertEnds(walk, Reason.LEASE_TAKEN);

        end(first);
        assertThat(visits.ids).hasSize(3);
        assertThat(connect.requests()).hasSize(1 + 3 * SCOPE.requests());
    }

    @Test
    void the_lease_of_a_dead_replica_is_free_after_a_minute() {
        // Given
        fleet(HERE, 1);
        await(leases("dead").take(HERE.lease(), Lease.UNKNOWN, time.instant()));
        assertEnds(walk, Reason.LEASE_TAKEN);

        // When
        time.pass(LocationLeases.PERIOD);

        // Then
        end(walk.walk(HERE, LocationWalk.Position.BEGINNING, visits));
        assertThat(visits.ids).hasSize(1);
    }

    @Test
    void a_walk_that_takes_long_keeps_its_lease() {
        fleet(HERE, 200);
        CompletableFuture<Void> first = begin(walk, HERE, visits);
        LocationWalk other = walk(leases("two"));

        for (int i = 0; i < 18; i++) {
            assertEnds(other, Reason.LEASE_TAKEN);
            time.pass(Duration.ofSeconds(10));
        }

        end(first);
        assertThat(visits.ids).hasSize(200);
    }

    @Test
    void a_walk_that_lost_its_lease_ends() {
        // Given
        fleet(HERE, 200);
        CompletableFuture<Void> first = begin(walk, HERE, visits);
        time.pass(Duration.ofSeconds(5));

        // When
        assertThat(await(leases("two").take(HERE.lease(), lease(), time.instant())))
                .isTrue();

        // Then
        assertEnded(first, Reason.LEASE_LOST);
        int visited = visits.ids.size();
        time.pass(Duration.ofMinutes(1));
        assertThat(visits.ids).hasSize(visited);
        assertThat(lease().isHeldBy("two")).isTrue();
    }

    @Test
    void a_walk_that_cannot_keep_its_lease_ends_before_it_is_free() {
        // Given
        fleet(HERE, 200);
        Prompt gate = new Prompt();
        CompletableFuture<Void> first = begin(walk(new ModelLeases(shared, gate, "one")), HERE, visits);
        time.pass(Duration.ofSeconds(5));
        Instant away = time.instant();

        // When
        gate.away = true;

        // Then
        assertEnded(first, Reason.LEASE_LOST);
        assertThat(Duration.between(away, time.instant())).isLessThan(LocationLeases.PERIOD);
    }

    @Test
    void a_ledger_that_is_away_for_a_moment_ends_no_walk() {
        fleet(HERE, 100);
        Prompt gate = new Prompt();
        CompletableFuture<Void> first = begin(walk(new ModelLeases(shared, gate, "one")), HERE, visits);

        gate.away = true;
        time.pass(Duration.ofSeconds(30));
        gate.away = false;

        end(first);
        assertThat(visits.ids).hasSize(100);
    }

    @Test
    void a_process_that_stops_ends_its_walks_at_once_and_begins_none() {
        fleet(HERE, 200);
        CompletableFuture<Void> first = begin(walk, HERE, visits);
        time.pass(Duration.ofSeconds(5));
        int requests = connect.requests().size();

        walk.stop();

        assertThat(first).isCompletedExceptionally();
        assertEnded(first, Reason.STOPPING);
        assertEnds(walk, Reason.STOPPING);
        time.pass(Duration.ofSeconds(5));
        assertThat(connect.requests()).hasSize(requests);
        assertThat(lease().isFree()).isTrue();
    }

    private void assertEnds(LocationWalk other, Reason reason) {
        assertEnded(begin(other, HERE, new Visits()), reason);
    }

    private void assertEnded(CompletableFuture<Void> ended, Reason reason) {
        assertThatExceptionOfType(WalkEndedException.class)
                .isThrownBy(() -> end(ended))
                .satisfies(failure -> assertThat(failure.reason()).isEqualTo(reason));
    }

    private Lease lease() {
        return await(leases("nobody").all(List.of(HERE.lease()))).getOrDefault(HERE.lease(), Lease.UNKNOWN);
    }

    private List<InstanceId> fleet(ConnectLocation location, int many) {
        List<InstanceId> ids = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            connect.add(new ModelInstance(arn(location, i)));
            ids.add(arn(location, i).id());
        }
        return ids;
    }

    private static InstanceArn arn(ConnectLocation location, int number) {
        return new InstanceArn(
                "aws",
                "connect",
                location.region(),
                location.account(),
                new InstanceId(String.format("%08x-0000-4000-8000-%s", number, location.account())));
    }

    private static CompletableFuture<Void> begin(LocationWalk by, ConnectLocation location, Visits visits) {
        return by.walk(location, LocationWalk.Position.BEGINNING, visits).subscribeAsCompletionStage();
    }

    private void end(Uni<Void> work) {
        end(work.subscribeAsCompletionStage());
    }

    private void end(CompletableFuture<Void> work) {
        for (Duration passed = Duration.ZERO;
                !work.isDone() && passed.compareTo(LONGEST) < 0;
                passed = passed.plus(STEP)) {
            time.pass(STEP);
        }
        assertThat(work).isDone();
        try {
            work.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Answers at once, unless it is away. */
    private static final class Prompt implements ModelLedger.Gate {

        private boolean away;

        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            return away
                    ? CompletableFuture.failedFuture(SdkClientException.create("away"))
                    : CompletableFuture.completedFuture(effect.get());
        }
    }

    /** Notes what is visited. */
    private static final class Visits implements LocationWalk.Visitor {

        private final List<InstanceId> ids = new ArrayList<>();
        private final List<LocationWalk.Position> positions = new ArrayList<>();
        private final List<Unread> unread = new ArrayList<>();
        private int restarts;
        private Consumer<InstanceId> then = id -> {};

        @Override
        public ReadScope scope() {
            return SCOPE;
        }

        @Override
        public Uni<Void> restart() {
            restarts++;
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> visit(InstanceReading reading, LocationWalk.Position after) {
            return Uni.createFrom().voidItem().invoke(() -> {
                ids.add(reading.instance().arn().id());
                positions.add(after);
                then.accept(reading.instance().arn().id());
            });
        }

        @Override
        public Uni<Void> unread(InstanceArn instance, Unread why, LocationWalk.Position after) {
            unread.add(why);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> illegible(Unread why) {
            unread.add(why);
            return Uni.createFrom().voidItem();
        }
    }
}
