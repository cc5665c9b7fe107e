package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the times at which a resync reads, in virtual time, on models, in an account without an inventory. */
class ResyncTimesTest {

    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final List<String> SHARDS =
            Shard.ALL.stream().map(Shard::digit).toList();

    private final ManualTime time = new ManualTime();
    private final Instant start = time.instant();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final RecordedLeases leases = new RecordedLeases();

    @ParameterizedTest
    @CsvSource({"PT10M, PT1M", "PT20S, PT2S", "PT10S, PT1S", "PT5S, PT1S"})
    void it_is_looked_ten_times_a_period_for_what_is_due_and_no_more_than_once_a_second(
            Duration every, Duration interval) {
        assertThat(coordinator(cloud.process(), every).tick()).isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S,  4, PT2S, the longest wait before a role is a second",
        "PT10S, 10, PT5S, which comes to half of the period for two at once",
        "PT10S, 50, PT5S, as any more roles do",
        "PT1M,  20, PT10S, in a longer period as well",
    })
    void roles_that_are_read_one_by_one_are_spread_over_half_of_the_period(
            Duration every, int roles, Duration takes, String why) {
        // Given
        make(roles);
        ResyncCoordinator coordinator = coordinator(cloud.process(), every);
        time.pass(every);

        // When
        UniAssertSubscriber<Run> run = begin(coordinator);
        time.pass(takes.minusMillis(1));

        // Then
        run.assertNotTerminated();
        time.pass(Duration.ofMillis(1));
        assertThat(run.assertCompleted().getItem()).as(why).satisfies(done -> {
            assertThat(done.took()).isEqualTo(takes);
            assertThat(done.results()).isEqualTo(Map.of(ResyncResult.UNCHANGED, (long) roles));
            assertThat(done.shards()).hasSize(17).startsWith("pending").containsAll(SHARDS);
        });
    }

    @Test
    void what_takes_long_is_kept_every_third_of_the_period_until_it_is_done() {
        // Given
        Duration period = Duration.ofSeconds(12);
        make(10);
        ResyncCoordinator coordinator = coordinator(cloud.process(), period);
        time.pass(period);
        Instant begun = time.instant();

        // When
        UniAssertSubscriber<Run> run = begin(coordinator);
        Duration third = Duration.ofSeconds(4);
        time.pass(third.minusMillis(1));
        assertThat(leases.kept).isEmpty();
        time.pass(Duration.ofMillis(1));

        // Then
        assertThat(leases.kept)
                .containsExactlyInAnyOrderElementsOf(SHARDS.stream()
                        .map(shard -> shard + " " + begun.plus(third).plus(period))
                        .toList());

        // And when it is done
        time.pass(period);
        run.assertCompleted();
        assertThat(leases.kept).hasSize(SHARDS.size());
        assertThat(leases.left).isEmpty();
    }

    @Test
    void that_a_share_cannot_be_kept_does_not_end_the_work() {
        // Given
        make(10);
        leases.failing = true;
        ResyncCoordinator coordinator = coordinator(cloud.process(), PERIOD);
        time.pass(PERIOD);

        // When
        UniAssertSubscriber<Run> run = begin(coordinator);
        time.pass(PERIOD);

        // Then
        assertThat(run.assertCompleted().getItem().results()).containsEntry(ResyncResult.UNCHANGED, 10L);
        assertThat(leases.kept).isNotEmpty();
    }

    @Test
    void what_fails_is_left_to_whoever_comes_next() {
        // Given a ledger that cannot be reached
        ResyncCoordinator coordinator = coordinator(cloud.process(new CrashPlan(1, false)), PERIOD);
        time.pass(PERIOD);

        // When
        begin(coordinator).assertFailedWith(CrashPlan.DeathException.class);

        // Then
        assertThat(leases.left).containsExactly("pending");
        ResyncCoordinator others = coordinator(cloud.process(), PERIOD);
        time.pass(PERIOD);
        assertThat(await(others.work((instance, failure) -> {})).shards()).hasSize(17);
    }

    @Test
    void nothing_is_repeated_before_it_is_due_but_for_half_a_tick() {
        // Given
        ResyncCoordinator coordinator = coordinator(cloud.process(), PERIOD);
        time.pass(PERIOD);
        assertThat(work(coordinator).shards()).hasSize(17);
        Duration half = Duration.ofMillis(500);

        // Then what is pending is due after half a beat already, and not before
        time.pass(half.minusNanos(1));
        assertThat(work(coordinator).shards()).isEmpty();
        time.pass(Duration.ofNanos(1));
        assertThat(work(coordinator).shards()).containsExactly("pending");

        // And the rest half a beat before the period is over
        time.pass(PERIOD.minus(half).minus(half).minusNanos(1));
        assertThat(work(coordinator).shards()).containsExactly("pending");
        time.pass(Duration.ofNanos(1));
        assertThat(work(coordinator).shards()).containsExactlyElementsOf(SHARDS);
    }

    @Test
    void the_oldest_is_the_round_of_the_shard_that_has_waited_longest() {
        // Given a shard that another replica is at
        String taken = SHARDS.get(3);
        ResyncCoordinator coordinator = coordinator(cloud.process(), PERIOD);
        time.pass(PERIOD);
        Instant now = time.instant();
        await(new ModelLeases(leases.leaseModel, RecordedLeases::atOnce, "another")
                .take(taken, Lease.UNKNOWN, now.plus(PERIOD)));

        // Then
        assertThat(work(coordinator).oldest()).isEqualTo(start);

        // And when that is done as well
        time.pass(PERIOD);
        assertThat(work(coordinator).oldest()).isEqualTo(time.instant());

        // And when nothing is due
        Instant done = time.instant();
        time.pass(Duration.ofMillis(100));
        assertThat(work(coordinator).oldest()).isEqualTo(done);
    }

    private void make(int roles) {
        EventHandler handler = cloud.process().handler();
        for (int i = 0; i < roles; i++) {
            await(handler.handle(Instance.random().created(0), false));
        }
    }

    private ResyncCoordinator coordinator(ModelCloud.MortalProcess process, Duration every) {
        Resync resync = process.parts().resync(time, Duration.ofDays(1), 2);
        return new ResyncCoordinator(resync, leases, time, time, time.retry(0.5), every, 2);
    }

    private static Run work(ResyncCoordinator coordinator) {
        return begin(coordinator).assertCompleted().getItem();
    }

    private static UniAssertSubscriber<Run> begin(ResyncCoordinator coordinator) {
        return coordinator
                .work((instance, failure) -> {
                    throw new AssertionError("the turn of " + instance + " failed", failure);
                })
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }
}
