package dev.linkedrole.reconcile.event;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkedrole.ledger.Lease;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.concurrency.StoppingException;
import dev.linkedrole.reconcile.resync.RecordedLeases;
import dev.linkedrole.reconcile.resync.Resync;
import dev.linkedrole.reconcile.resync.ResyncCoordinator;
import dev.linkedrole.reconcile.resync.ResyncMetrics;
import dev.linkedrole.reconcile.resync.ResyncSchedule;
import dev.linkedrole.reconcile.resync.WholeResync;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A stopping process finishes the work it has begun, and begins no more. */
class StoppingTest {

    private static final String STREAM = "arn:aws:kinesis:us-west-2:111122223333:stream/one";
    private static final Duration PERIOD = Duration.ofSeconds(20);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final InterruptedReplica calls = new InterruptedReplica();
    private final ModelCloud.MortalProcess process = cloud.process(calls);
    private final Instance instance = Instance.random();
    private final Instance other = Instance.random();

    @Test
    void what_has_begun_is_finished_and_what_waits_for_a_place_is_not_begun() {
        // Given a handler with a single place
        EventHandler handler = process.parts().handler(new EventHandler.Limits(1, Duration.ofHours(1)));

        // When it is told to stop while another instance waits for it
        List<Uni<HandlingResult>> waiting = new ArrayList<>();
        calls.before("Record", () -> {
            waiting.addAll(handler.handle(List.of(new ReceivedEvent(other.created(0), false))));
            handler.stop();
        });
        HandlingResult begun = await(handler.handle(instance.created(0), false));

        // Then
        assertThat(begun.reconciliation()).isInstanceOf(Reconciliation.InForce.class);
        assertThat(waiting).singleElement().satisfies(StoppingTest::assertNotBegun);
        assertThat(await(process.ledger().load(other.id()))).isEmpty();
    }

    @Test
    void what_comes_after_that_is_not_begun_however_much_there_is_of_it() {
        // Given
        process.handler().stop();
        List<ReceivedEvent> many = Stream.generate(
                        () -> new ReceivedEvent(other.enabled(1, "agent-events", STREAM), false))
                .limit(250)
                .toList();

        // When
        List<Uni<HandlingResult>> ends = process.handler().handle(many);

        // Then
        assertThat(ends).hasSize(250).allSatisfy(StoppingTest::assertNotBegun);
        assertThat(calls.calls).isEmpty();
    }

    @Test
    void a_stopping_resync_finishes_begun_roles_and_leaves_the_others() {
        try (LogLines log = LogLines.of(ResyncSchedule.class)) {
            // Given roles of which none is as recorded
            for (int i = 0; i < 20; i++) {
                cloud.process().record(Instance.random().created(0));
            }
            Resync resync = process.parts().resync(time, Duration.ofDays(1), 1);
            RecordedLeases leases = new RecordedLeases();
            ResyncCoordinator coordinator =
                    new ResyncCoordinator(resync, leases, time, time, time.retry(0.5), PERIOD, 1);
            ResyncSchedule schedule =
                    new ResyncSchedule(coordinator, new ResyncMetrics(new SimpleMeterRegistry(), time), time);

            // When it is told to stop in the middle of a role
            calls.before("CreateRole", coordinator::stop);
            time.pass(PERIOD);
            schedule.second().subscribe().with(done -> {});
            time.pass(Duration.ofSeconds(1));

            // Then that one is finished
            assertThat(calls.count("CreateRole")).isOne();
            assertThat(calls.calls).endsWith("PutRolePolicy", "MarkApplied");

            // And what it had taken is free for others to take now
            assertThat(leases.left).isNotEmpty();
            assertThat(await(leases.all(leases.left)).values()).allMatch(Lease::isFree);
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void a_round_that_was_cut_short_is_not_taken_for_one_that_is_through() {
        // Given
        Resync resync = process.parts().resync(time, Duration.ofDays(1), 1);
        assertThat(await(WholeResync.of(resync, (id, failure) -> {}))).isEqualTo(Map.of());

        // When
        resync.stop();

        // Then
        assertThatThrownBy(() -> await(WholeResync.of(resync, (id, failure) -> {})))
                .isInstanceOf(StoppingException.class);
    }

    private static void assertNotBegun(Uni<HandlingResult> end) {
        assertThatThrownBy(() -> await(end)).isInstanceOf(StoppingException.class);
    }
}
