package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.ledger.Shard;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.LinkedRole.Lifecycle;
import dev.linkedrole.role.pause.Pause;
import dev.linkedrole.role.pause.PauseScope;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Numbers of roles that the resync has as a by-product, on models. */
class RoleCountsTest {

    private static final Duration PERIOD = Duration.ofMinutes(10);
    private static final Duration TICK = Duration.ofMinutes(1);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process = cloud.process();
    private final Resync resync = process.parts().resync(time, Duration.ofDays(1), 2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Instance instance = Instance.random();

    @Test
    void roles_are_counted_by_lifecycle_and_condition() {
        // Given
        Instance gone = Instance.random();
        process.take(gone.created(0), gone.deleted(1));
        process.take(Instance.random().enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"));
        process.take(instance.created(0));
        block(Condition.Type.PolicyTooLarge, Instance.random());

        // When
        round();

        // Then
        assertThat(roles(Lifecycle.LIVE)).isEqualTo(2);
        assertThat(roles(Lifecycle.DELETED)).isOne();
        assertThat(roles(Lifecycle.UNANNOUNCED)).isOne();
        assertThat(roles(Lifecycle.RELEASED)).isZero();
        assertThat(roles(Condition.Type.PolicyTooLarge)).isOne();
    }

    @Test
    void a_condition_that_a_round_ends_is_not_counted_any_more() {
        // Given
        block(Condition.Type.RefusedByIam, instance);

        // When
        round();

        // Then
        assertThat(roles(Condition.Type.RefusedByIam)).isZero();
        assertThat(roles(Lifecycle.LIVE)).isOne();
    }

    @Test
    void a_condition_that_a_round_finds_is_counted() {
        // Given a role that may not be written
        process.take(instance.created(0));
        await(cloud.pauses()
                .put(Pause.requested(
                        new PauseScope.All(),
                        "an audit",
                        "operator",
                        time.instant(),
                        time.instant().plus(PERIOD))));
        time.pass(TICK);
        process.record(instance.enabled(1, "agent-events", "arn:aws:kinesis:us-west-2:111122223333:stream/one"));

        // When
        round();

        // Then
        assertThat(roles(Condition.Type.Paused)).isOne();
    }

    @Test
    void the_oldest_change_that_is_not_applied_has_its_age() {
        // Given
        process.record(instance.created(0));
        time.pass(TICK.multipliedBy(3));
        process.record(Instance.random().created(0));
        time.pass(TICK.multipliedBy(2));
        new RoleGauges(resync, time, registry).register();

        // When
        await(resync.pending(RecentWindow.around(time.instant(), TICK), (id, failure) -> {}));

        // Then
        assertThat(gauge("linked.role.pending.changes")).isEqualTo(2);
        assertThat(gauge("linked.role.pending.oldest.age")).isEqualTo(300);

        // And none is left, once they are applied
        await(resync.pending(RecentWindow.around(time.instant(), TICK), (id, failure) -> {}));
        assertThat(gauge("linked.role.pending.changes")).isZero();
        assertThat(gauge("linked.role.pending.oldest.age")).isZero();
    }

    @Test
    void what_another_replica_has_compared_since_is_not_counted_twice() {
        // Given two replicas
        process.take(instance.created(0));
        ModelLeases.ModelledLeases leases = new ModelLeases.ModelledLeases();
        Resync other = cloud.process().parts().resync(time, Duration.ofDays(1), 2);
        ResyncCoordinator one = coordinator(resync, leases, "one");
        ResyncCoordinator two = coordinator(other, leases, "two");

        // When each has a round, one after the other
        time.pass(PERIOD);
        work(one);
        assertThat(resync.counts().roles(Lifecycle.LIVE)).isOne();
        time.pass(PERIOD);
        work(two);
        work(one);

        // Then
        assertThat(resync.counts().roles(Lifecycle.LIVE)).isZero();
        assertThat(other.counts().roles(Lifecycle.LIVE)).isOne();
    }

    private ResyncCoordinator coordinator(Resync ofReplica, ModelLeases.ModelledLeases leases, String replica) {
        return new ResyncCoordinator(
                ofReplica,
                new ModelLeases(leases, RecordedLeases::atOnce, replica),
                time,
                time,
                time.retry(0),
                PERIOD,
                1);
    }

    /** Has a run, for which single roles are spread over half a period. */
    private void work(ResyncCoordinator coordinator) {
        CompletableFuture<ResyncCoordinator.Run> run =
                coordinator.work((id, failure) -> {}).subscribeAsCompletionStage();
        time.pass(TICK);
        assertThat(run).isCompleted();
    }

    private void block(Condition.Type type, Instance blocked) {
        process.take(blocked.created(0));
        await(process.ledger()
                .setCondition(process.record(blocked), new Condition(type, "as it happens", time.instant())));
    }

    private void round() {
        await(resync.round(Shard.ALL, Resync.Pace.NONE, (id, failure) -> {}));
    }

    private long roles(Lifecycle lifecycle) {
        return resync.counts().roles(lifecycle);
    }

    private long roles(Condition.Type condition) {
        return resync.counts().roles(condition);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
