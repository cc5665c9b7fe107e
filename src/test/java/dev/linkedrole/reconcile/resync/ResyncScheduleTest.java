package dev.linkedrole.reconcile.resync;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.iammodel.IamFaults;
import dev.linkedrole.reconcile.CrashPlan;
import dev.linkedrole.reconcile.InterruptedReplica;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of the schedule of the resync, and of its log. */
class ResyncScheduleTest {

    private static final Duration PERIOD = Duration.ofSeconds(20);
    private static final Duration TICK = PERIOD.dividedBy(10);

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final RecordedLeases leases = new RecordedLeases();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Instance instance = Instance.random();

    @Test
    void a_shift_is_worked_once_a_beat_however_often_it_is_asked_for() {
        // Given
        ResyncSchedule schedule = schedule(cloud.process());

        // Then
        await(schedule.second());
        time.pass(TICK.minusNanos(1));
        await(schedule.second());
        assertThat(leases.looks).isZero();
        time.pass(Duration.ofNanos(1));
        await(schedule.second());
        await(schedule.second());
        assertThat(leases.looks).isOne();
        time.pass(TICK);
        await(schedule.second());
        assertThat(leases.looks).isEqualTo(2);
    }

    @Test
    void a_run_without_comparisons_is_not_logged_and_another_one_is() {
        try (LogLines log = LogLines.of(ResyncSchedule.class)) {
            // Given
            ResyncSchedule schedule = schedule(cloud.process());
            time.pass(PERIOD);
            await(schedule.second());
            assertThat(log.lines()).isEmpty();

            // When
            await(cloud.process().handler().handle(instance.created(0), false));
            schedule = schedule(cloud.process());
            time.pass(PERIOD);
            schedule.second().subscribe().with(done -> {});
            time.pass(Duration.ofSeconds(1));

            // Then
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("INFO")
                    .contains("Resync is through");
            assertThat(registry.get("linked.role.resync.roles")
                            .tag("result", "unchanged")
                            .counter()
                            .count())
                    .isOne();
        }
    }

    @Test
    void a_shift_that_fails_is_told_of_and_the_next_one_comes_all_the_same() {
        try (LogLines log = LogLines.of(ResyncSchedule.class)) {
            // Given a ledger that cannot be reached
            ResyncSchedule schedule = schedule(cloud.process(new CrashPlan(1, false)));
            time.pass(PERIOD);

            // When
            await(schedule.second());
            await(schedule.second());

            // Then
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("could not go on");
            time.pass(TICK);
            await(schedule.second());
            assertThat(leases.looks).isEqualTo(2);
        }
    }

    @Test
    void a_role_that_could_not_be_compared_is_told_of() {
        try (LogLines log = LogLines.of(ResyncSchedule.class)) {
            // Given
            await(cloud.process().handler().handle(instance.created(0), false));
            ResyncSchedule schedule = schedule(cloud.process(new InterruptedReplica().before("GetRole", () -> {
                throw IamFaults.serviceFailure();
            })));
            time.pass(PERIOD);

            // When
            schedule.second().subscribe().with(done -> {});
            time.pass(Duration.ofSeconds(1));

            // Then
            assertThat(log.lines())
                    .hasSize(2)
                    .first()
                    .asString()
                    .startsWith("WARN")
                    .contains("could not be compared", instance.id().toString());
        }
    }

    private ResyncSchedule schedule(ModelCloud.MortalProcess process) {
        Resync resync = process.parts().resync(time, Duration.ofDays(1), 2);
        ResyncCoordinator coordinator = new ResyncCoordinator(resync, leases, time, time, time.retry(0.5), PERIOD, 2);
        return new ResyncSchedule(coordinator, new ResyncMetrics(registry, time), time);
    }
}
