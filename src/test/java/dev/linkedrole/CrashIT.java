package dev.linkedrole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.testing.Deployment;
import dev.linkedrole.testing.Fleet;
import dev.linkedrole.testing.ServiceProcess;
import dev.linkedrole.testing.aws.FaultyAws;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The packaged service, killed or stopped while it works. */
@Tag("aws")
class CrashIT {

    private static final int INSTANCES = 24;

    /** The property that repeats a run: the seed is in the report of every other. */
    private static final String SEED = "linkedrole.test.seed";

    /** Deployment whose messages return soon after a crash. */
    private final Deployment deployment = Deployment.provision("VisibilityTimeout=10");

    private final long seed = Optional.ofNullable(Long.getLong(SEED)).orElseGet(System::nanoTime);
    private final Random random = new Random(seed);
    private final Fleet fleet = new Fleet(deployment, INSTANCES, random);

    @BeforeEach
    void tell_the_seed(TestReporter reporter) {
        reporter.publishEntry(SEED, Long.toString(seed));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void killed_in_the_middle_it_goes_on_where_it_was_and_nothing_is_lost() {
        // Given hundreds of messages
        fleet.sendEverything();

        // When the service dies with some of them in flight, and of its last calls nobody knows what became
        try (FaultyAws aws = FaultyAws.start();
                ServiceProcess first = start(aws.environment())) {
            aws.fallSilentAfter(random.nextInt(INSTANCES));
            aws.awaitSilence();
            first.kill();
        }
        assertThat(fleet.producer().idle()).isFalse();

        // Then another one finishes what it left
        try (ServiceProcess second = start(Map.of())) {
            fleet.producer().awaitQuiet();
            fleet.assertEveryRoleIsAsItsEventsSay();
            assertThat(second.terminate()).isZero();
        }
    }

    @Test
    void told_to_stop_it_finishes_what_is_in_hand_and_leaves_the_rest() {
        // Given
        fleet.sendEverything();

        // When
        try (ServiceProcess first = start(Map.of("LINKED_ROLE_INTAKE_CONCURRENCY", "1"))) {
            fleet.awaitRoles(1 + random.nextInt(INSTANCES / 2));
            assertThat(first.terminate()).isZero();
            assertThat(first.log()).contains("Stopping: nothing more is received");
        }

        // Then whatever it had begun is in force
        assertThat(fleet.records()).allMatch(RoleRecord::settled);

        // And another one does the rest
        try (ServiceProcess second = start(Map.of())) {
            // The first may have left no work; a service that is stopped during its start never becomes ready.
            second.awaitReady();
            fleet.producer().awaitQuiet();
            fleet.assertEveryRoleIsAsItsEventsSay();
            assertThat(second.terminate()).isZero();
        }
    }

    private ServiceProcess start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.putIfAbsent("LINKED_ROLE_INTAKE_CONCURRENCY", "4");
        environment.put("LINKED_ROLE_INTAKE_FIRST_BACKOFF", "1s");
        return ServiceProcess.start(deployment, environment);
    }
}
