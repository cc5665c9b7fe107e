package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Leases;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas with clocks hours apart share the resync, on models. */
class ClocksApartTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final List<String> SHARDS =
            Shard.ALL.stream().map(Shard::digit).toList();

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelLeases.ModelledLeases leaseModel = new ModelLeases.ModelledLeases();

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT1H", "PT0S", "PT-1H", "PT-5H"})
    void what_a_dead_replica_had_is_free_after_a_period(Duration skew) {
        // Given
        ResyncCoordinator mortal = coordinator(new Unreturned(leases("mortal")), ahead(skew));
        ResyncCoordinator other = coordinator(leases("other"), time);
        time.pass(PERIOD);

        // When one dies in the middle of its round
        assertThat(work(mortal).shards()).hasSize(17);

        // Then
        assertThat(work(other).shards()).isEmpty();
        assertThat(ticksUntilAllAreDone(other)).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT1H", "PT0S", "PT-1H", "PT-5H"})
    void a_round_is_due_a_period_after_the_last_one_whoever_did_that(Duration skew) {
        // Given
        ResyncCoordinator one = coordinator(leases("one"), ahead(skew));
        ResyncCoordinator other = coordinator(leases("other"), time);
        time.pass(PERIOD.minus(TICK));
        work(other);
        time.pass(TICK);

        // When
        assertThat(work(one).shards()).containsAll(SHARDS);

        // Then it is not done twice, whatever is written, nor later than it should be
        assertThat(work(other).shards()).doesNotContainAnyElementsOf(SHARDS);
        assertThat(ticksUntilAllAreDone(other)).isBetween(9, 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT1H", "PT10M"})
    void a_replica_started_anew_waits_for_no_time_to_come(Duration skew) {
        // Given a round that was done by a clock that is ahead
        ResyncCoordinator gone = coordinator(leases("gone"), ahead(skew));
        time.pass(PERIOD);
        assertThat(work(gone).shards()).containsAll(SHARDS);

        // When
        ResyncCoordinator restarted = coordinator(leases("anew"), time);

        // Then
        assertThat(work(restarted).shards()).isEmpty();
        assertThat(ticksUntilAllAreDone(restarted)).isEqualTo(10);
    }

    @Test
    void a_replica_started_anew_does_not_begin_all_over() {
        // Given a round
        ResyncCoordinator gone = coordinator(leases("gone"), time);
        time.pass(PERIOD);
        assertThat(work(gone).shards()).containsAll(SHARDS);

        // When
        time.pass(PERIOD.dividedBy(2));
        ResyncCoordinator restarted = coordinator(leases("anew"), time);

        // Then
        assertThat(work(restarted).shards()).containsExactly("pending");
        assertThat(ticksUntilAllAreDone(restarted)).isEqualTo(5);
    }

    @Test
    void a_clock_that_is_set_back_puts_no_round_off() {
        // Given
        Duration[] ahead = {Duration.ofHours(3)};
        ResyncCoordinator coordinator =
                coordinator(leases("one"), () -> time.instant().plus(ahead[0]));
        time.pass(PERIOD);
        assertThat(work(coordinator).shards()).containsAll(SHARDS);

        // When
        ahead[0] = Duration.ZERO;

        // Then it is late by a beat, after which it was seen what was done
        assertThat(ticksUntilAllAreDone(coordinator)).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5H", "PT1H", "PT0S", "PT-1H"})
    void what_was_recorded_by_any_clock_and_not_carried_out_is_soon(Duration skew) {
        // Given a replica that died after its record
        Instance instance = Instance.random();
        ModelCloud.MortalProcess process = cloud.process();
        RoleEvent created = instance.created(0);
        await(process.ledger()
                .record(
                        RoleRecord.blank(instance.arn()),
                        created,
                        Decision.of(LinkedRole.unknown(instance.arn()), created),
                        time.instant().plus(skew)));
        ResyncCoordinator coordinator = coordinator(leases("one"), time);

        // When
        time.pass(TICK.multipliedBy(2));

        // Then
        assertThat(work(coordinator).results()).isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
    }

    /** Lets a replica work once per tick until it has compared each shard. */
    private int ticksUntilAllAreDone(ResyncCoordinator coordinator) {
        for (int ticks = 1; ticks <= 100; ticks++) {
            time.pass(TICK);
            if (work(coordinator).shards().containsAll(SHARDS)) {
                return ticks;
            }
        }
        throw new AssertionError("the shards are not done within a hundred beats");
    }

    private InstantSource ahead(Duration skew) {
        return () -> time.instant().plus(skew);
    }

    private Leases leases(String holder) {
        return new ModelLeases(leaseModel, RecordedLeases::atOnce, holder);
    }

    private ResyncCoordinator coordinator(Leases leases, InstantSource clock) {
        ModelCloud.MortalProcess process = cloud.process();
        Resync resync = process.parts().resync(clock, Duration.ofDays(1), 2);
        return new ResyncCoordinator(resync, leases, clock, time, time.retry(0.5), PERIOD, 2);
    }

    private static Run work(ResyncCoordinator coordinator) {
        return await(coordinator.work((instance, failure) -> {
            throw new AssertionError("the turn of " + instance + " failed", failure);
        }));
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
    }
}
