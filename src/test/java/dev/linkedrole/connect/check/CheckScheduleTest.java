package dev.linkedrole.connect.check;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.testing.Instance;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests of the schedule of the check. */
class CheckScheduleTest {

    private final CheckWorld world = new CheckWorld();

    @Test
    void the_check_looks_for_work_after_each_part_of_its_period() {
        // Given
        Instance instance = world.one();
        CheckSchedule schedule = new CheckSchedule(world.process().check(), world.time);

        // When
        await(schedule.second());
        assertThat(world.connect.requests()).isEmpty();
        for (int second = 0; second < 100; second++) {
            world.time.pass(Duration.ofSeconds(1));
            await(schedule.second());
        }

        // Then
        assertThat(world.grants(instance, "recordings")).isTrue();
    }

    @Test
    void a_schedule_that_stops_gives_its_location_back_at_once() throws Exception {
        // Given
        world.fleet(Instance.ACCOUNT, 100);
        CheckWorld.CheckProcess process = world.process();
        CheckSchedule schedule = new CheckSchedule(process.check(), world.time);
        process.check().work().subscribe().with(done -> {});
        world.time.pass(Duration.ofSeconds(3));

        // When
        schedule.stop(new io.quarkus.runtime.ShutdownEvent());

        // Then
        int requests = world.connect.requests().size();
        world.time.pass(Duration.ofMinutes(5));
        assertThat(world.connect.requests()).hasSize(requests);
        world.process().during(Duration.ofMinutes(2));
        assertThat(world.connect.requests().size()).isGreaterThan(requests);
    }
}
