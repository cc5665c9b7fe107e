package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.ledger.dynamodb.DynamoDbLeases;
import dev.linkedrole.ledger.dynamodb.DynamoDbLedger;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.CrashingGateway;
import dev.linkedrole.reconcile.CrashingLedger;
import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.Replica;
import dev.linkedrole.testing.aws.AwsTestClients;
import dev.linkedrole.testing.iam.ManualRoleEdit;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Replicas share the resync, with virtual time; on tables of their own, since it covers all roles. */
@Tag("aws")
class ResyncCoordinatorTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final int ROLES = 5;

    private final Deployment deployment = Deployment.provision();
    private final Ledger ledger =
            new DynamoDbLedger(AwsTestClients.DYNAMO_DB, deployment.table(), Optional.empty(), Retry.inRealTime());
    private Instant now = Instant.now();

    @Test
    void two_replicas_share_the_resync_and_one_takes_over_from_a_dead_one() {
        // Given
        Replica replica = replica();
        Stream.generate(Instance::random).limit(ROLES).forEach(instance -> replica.takeAll(instance.created(0)));
        ResyncCoordinator one = coordinator("one");
        ResyncCoordinator other = coordinator("other");

        // Then nothing is due at the start
        assertThat(turns(one)).isZero();

        // And each role is compared once in each period, by one or the other
        long compared = 0;
        for (int tick = 0; tick < 6; tick++) {
            now = now.plus(PERIOD.dividedBy(2));
            compared += turns(tick % 2 == 0 ? one : other) + turns(tick % 2 == 0 ? other : one);
        }
        assertThat(compared).isEqualTo(3L * ROLES);

        // When one dies in the middle of a round
        now = now.plus(PERIOD);
        ResyncCoordinator mortal = coordinator(new Unreturned(leases("mortal")));
        assertThat(turns(mortal)).isEqualTo(ROLES);
        assertThat(turns(one)).isZero();

        // Then another one takes over as soon as a period has passed
        now = now.plus(PERIOD);
        assertThat(turns(one)).isEqualTo(ROLES);
    }

    @Test
    void a_replica_that_is_started_anew_does_not_begin_all_over() {
        // Given
        replica().takeAll(Instance.random().created(0));
        ResyncCoordinator before = coordinator("before");
        now = now.plus(PERIOD);
        assertThat(work(before).shards())
                .containsAll(Shard.ALL.stream().map(Shard::digit).toList());

        // When
        now = now.plus(PERIOD.dividedBy(2));
        ResyncCoordinator after = coordinator("after");
        now = now.plus(PERIOD.dividedBy(2)).minus(TICK);

        // Then
        assertThat(turns(after)).isZero();
        assertThat(work(after).oldest()).isEqualTo(now.minus(PERIOD).plus(TICK).truncatedTo(ChronoUnit.MICROS));
        now = now.plus(TICK);
        assertThat(turns(after)).isOne();
    }

    @Test
    void what_was_recorded_and_not_carried_out_does_not_wait_for_its_round() {
        // Given a replica that died after its record
        CrashPlan afterRecord = new CrashPlan(2, true);
        Instance instance = Instance.random();
        Replica mortal = new Replica(
                new CrashingLedger(ledger, afterRecord), new CrashingGateway(Replica.gateway(), afterRecord));
        await(mortal.take(instance.created(0))
                .replaceWithVoid()
                .onFailure(CrashPlan.DeathException.class)
                .recoverWithNull());
        ResyncCoordinator coordinator = coordinator("one");

        // When
        now = now.plus(TICK.multipliedBy(2));

        // Then
        assertThat(work(coordinator).results()).isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
        assertThat(await(ledger.pending())).isEmpty();
    }

    @Test
    void what_only_a_person_can_mend_is_tried_once_a_period() {
        // Given
        Instance instance = Instance.random();
        ManualRoleEdit.of(instance.roleName()).make(Map.of());
        replica().takeAll(instance.created(0));
        ResyncCoordinator coordinator = coordinator("one");

        // When
        long held = 0;
        for (int tick = 0; tick < 8; tick++) {
            now = now.plus(PERIOD.dividedBy(4));
            held += work(coordinator).results().getOrDefault(ResyncResult.BLOCKED, 0L);
        }

        // Then
        assertThat(held).isEqualTo(2);
    }

    private ResyncCoordinator coordinator(String holder) {
        return coordinator(leases(holder));
    }

    private Leases leases(String holder) {
        return new DynamoDbLeases(AwsTestClients.DYNAMO_DB, deployment.table(), holder);
    }

    private ResyncCoordinator coordinator(Leases leases) {
        return new ResyncCoordinator(replica().resync(), leases, () -> now, () -> now, Retry.inRealTime(), PERIOD, 2);
    }

    private Replica replica() {
        return new Replica(ledger, Replica.gateway(), () -> now);
    }

    private static long turns(ResyncCoordinator coordinator) {
        return work(coordinator).results().values().stream()
                .mapToLong(many -> many)
                .sum();
    }

    private static Run work(ResyncCoordinator coordinator) {
        return await(coordinator.work(ResyncCoordinatorTest::failed));
    }

    private static void failed(InstanceId instance, Throwable failure) {
        throw new AssertionError("the turn of " + instance + " failed", failure);
    }

    /** Leases of a replica that dies before it releases any. */
    private static final class Unreturned extends ForwardingLeases {

        Unreturned(Leases leases) {
            super(leases);
        }

        @Override
        public Uni<Void> done(String shard, Instant begun, Duration took) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> leave(String shard) {
            return Uni.createFrom().voidItem();
        }
    }
}
