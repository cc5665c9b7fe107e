package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.simulation.checks.Liveness;
import dev.linkedrole.simulation.checks.Safety;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.LostAnswers;
import dev.linkedrole.simulation.world.Cloud;
import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.InstanceLife;
import dev.linkedrole.simulation.world.ModelService;
import dev.linkedrole.simulation.world.Setting;
import dev.linkedrole.simulation.world.SimulatedReplica;
import dev.linkedrole.simulation.world.World;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.Envelopes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Redeliveries caused by stopping replicas, or by an unavailable ledger, without any other fault. */
@ExtendWith(LostAnswers.class)
class RolloutTest {

    private static final Duration BETWEEN = Duration.ofMillis(700);
    private static final Duration MAX_STOP = Duration.ofSeconds(25);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_replica_that_has_stopped_hides_no_message(long seed) {
        // Given a single replica, and a message every now and then
        Fleet fleet = new Fleet(seed, 1);
        fleet.send(Duration.ofSeconds(40));
        fleet.until(Duration.ofSeconds(20));

        // When it has stopped
        fleet.replicas.getFirst().restart();
        List<Long> hidden = new ArrayList<>();
        fleet.world.time.runUntil(Duration.ofSeconds(20).plus(MAX_STOP), () -> {
            if (hidden.isEmpty() && fleet.replicas.getFirst().stops() == 1) {
                hidden.add(fleet.cloud.queue.hidden());
            }
        });

        // Then whatever has come in the meantime is there for others
        assertThat(hidden).containsExactly(0L);
        assertThat(fleet.cloud.queue.givenToNobody()).isZero();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void restarts_and_crashes_wear_no_message_out(long seed) {
        // Given
        Fleet fleet = new Fleet(seed, 2);
        fleet.send(Duration.ofMinutes(5));

        // When replicas are replaced over and over, of which some die with receives under way
        for (int second = 5; second < 300; second += 15) {
            fleet.until(Duration.ofSeconds(second));
            SimulatedReplica replica = fleet.replicas.get(second / 15 % 2);
            if (second % 2 == 0) {
                replica.crashNow();
            } else {
                replica.restart();
            }
        }
        fleet.until(Duration.ofMinutes(15));

        // Then
        fleet.assertAllIsDone();
        assertThat(fleet.cloud.queue.givenToNobody()).isPositive();
        assertThat(fleet.cloud.queue.mostReceives()).isLessThan(10);
    }

    @Test
    void a_ledger_that_is_away_for_a_day_wears_no_message_out() {
        // Given
        Fleet fleet = new Fleet(1, 3);
        fleet.send(Duration.ofMinutes(2));
        fleet.until(Duration.ofMinutes(1));

        // When
        fleet.world.outages.begin(ModelService.LEDGER, Duration.ofHours(24));
        fleet.until(Duration.ofHours(24));
        assertThat(fleet.cloud.queue.size()).isGreaterThan(50);
        assertThat(fleet.cloud.queue.mostReceives()).isLessThanOrEqualTo(4);

        // Then it takes no time to go on
        fleet.until(Duration.ofHours(24).plusMinutes(5));
        fleet.assertAllIsDone();
        assertThat(fleet.cloud.queue.mostReceives()).isLessThanOrEqualTo(5);
    }

    /** Replicas in a world without faults of its own. */
    private static final class Fleet {

        private final World world;
        private final Cloud cloud;
        private final CrashingProcess people;
        private final Setting setting;
        private final Safety safety;
        private final List<SimulatedReplica> replicas = new ArrayList<>();
        private final EventDecoder decoder = Defaults.decoder(Defaults.CATALOG);

        Fleet(long seed, int many) {
            this.world = new World(seed, false);
            world.change(world.faultProfile().cleared());
            this.people = new CrashingProcess("people", world.time, Duration.ZERO);
            List<InstanceLife> lives = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                lives.add(InstanceLife.any(world.chance, false));
            }
            this.setting = new Setting(false, false, false, false, many, lives);
            this.cloud = new Cloud(world, setting);
            this.safety = new Safety(world, cloud, setting, body -> Optional.of(decoder.decode(body)));
            for (int i = 1; i <= many; i++) {
                replicas.add(new SimulatedReplica(world, cloud, setting, safety, Defect.NONE, i));
            }
            replicas.forEach(SimulatedReplica::start);
        }

        /** Sends all events, one after the other, repeatedly. */
        void send(Duration stretch) {
            List<RoleEvent> events = setting.lives().stream()
                    .flatMap(life -> life.events().stream())
                    .toList();
            Duration at = Duration.ZERO;
            for (int i = 0; at.compareTo(stretch) < 0; i++) {
                RoleEvent event = events.get(i % events.size());
                String body = Envelopes.CLOUD_EVENT.wrap(event).toString();
                world.time.in(at, people, () -> cloud.queue.send(body));
                at = at.plus(BETWEEN);
            }
        }

        void until(Duration sinceStart) {
            world.time.runUntil(sinceStart, () -> {});
        }

        void assertAllIsDone() {
            assertThat(safety.violation()).isEmpty();
            assertThat(new Liveness(cloud, setting, safety, body -> Optional.of(decoder.decode(body))).missing())
                    .isEmpty();
            assertThat(cloud.queue.deadLetters()).isEmpty();
        }
    }
}
