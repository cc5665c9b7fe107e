package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.resync.Resync.Pace;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Tests of the order in which a resync compares roles, on models. */
class ResyncTurnsTest {

    private static final Duration GRACE = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process = cloud.process();
    private final Resync resync = process.parts().resync(time, Duration.ofDays(1), 2);
    private final Instance instance = Instance.random();

    @Test
    void each_role_has_one_turn() {
        // Given
        for (int i = 0; i < 3; i++) {
            Instance right = Instance.random();
            process.take(right.created(0));
            Instance behind = Instance.random();
            process.take(behind.created(0));
            process.record(behind.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"));
        }
        Instance quiet = Instance.random();
        process.take(quiet.created(0), quiet.deleted(9));

        // When
        Map<ResyncResult, Long> turns = await(WholeResync.of(resync, ResyncTurnsTest::failed));

        // Then
        assertThat(turns).isEqualTo(Map.of(ResyncResult.REPAIRED, 3L, ResyncResult.UNCHANGED, 4L));
        assertThat(await(WholeResync.of(resync, ResyncTurnsTest::failed)))
                .isEqualTo(Map.of(ResyncResult.UNCHANGED, 7L));
    }

    @Test
    void of_some_shards_those_have_a_turn_that_are_in_them() {
        // Given
        Instance other = elsewhere();
        List.of(instance, other).forEach(each -> process.record(each.created(0)));
        Instance right = elsewhere();
        process.take(right.created(0));

        // When
        Shard shard = Shard.ALL.stream()
                .filter(each -> each.has(instance.id()))
                .findFirst()
                .orElseThrow();
        Map<ResyncResult, Long> turns = await(resync.round(List.of(shard), Pace.NONE, ResyncTurnsTest::failed));

        // Then
        assertThat(turns).isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
        assertThat(process.record(instance).settled()).isTrue();
        assertThat(process.record(other).settled()).isFalse();
    }

    @Test
    void what_was_recorded_just_now_is_left_to_who_recorded_it() {
        // Given
        process.record(instance.created(0));

        // Then
        assertThat(await(resync.pending(recent(), ResyncTurnsTest::failed))).isEmpty();
        time.pass(GRACE);
        assertThat(await(resync.pending(recent(), ResyncTurnsTest::failed))).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(await(resync.pending(recent(), ResyncTurnsTest::failed)))
                .isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
        assertThat(process.record(instance).settled()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"DeletionRunning"})
    void what_is_held_waits_for_its_round(Condition.Type hindrance) {
        // Given
        process.record(instance.created(0));
        await(process.ledger()
                .setCondition(process.record(instance), new Condition(hindrance, "as it happens", time.instant())));
        time.pass(GRACE.plusNanos(1));

        // Then
        assertThat(await(resync.pending(recent(), ResyncTurnsTest::failed))).isEmpty();
    }

    @Test
    void a_deletion_under_way_does_not() {
        // Given
        process.take(instance.created(0));
        process.record(instance.deleted(9));
        Condition running = new Condition(Condition.Type.DeletionRunning, "as it happens", time.instant());
        await(process.ledger().setCondition(process.record(instance), running));
        time.pass(GRACE.plusNanos(1));

        // Then
        assertThat(await(resync.pending(recent(), ResyncTurnsTest::failed)))
                .isEqualTo(Map.of(ResyncResult.REPAIRED, 1L));
        assertThat(cloud.permissions(instance.roleName())).isEmpty();
    }

    private RecentWindow recent() {
        return RecentWindow.around(time.instant(), GRACE);
    }

    private static void failed(InstanceId instance, Throwable failure) {
        throw new AssertionError("the turn of " + instance + " failed", failure);
    }

    /** Returns an instance of another shard. */
    private Instance elsewhere() {
        return Stream.generate(Instance::random)
                .filter(other ->
                        Shard.ALL.stream().noneMatch(shard -> shard.has(instance.id()) && shard.has(other.id())))
                .findFirst()
                .orElseThrow();
    }
}
