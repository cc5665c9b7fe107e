package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation finds nothing wrong with the service, and finds what is wrong with those into which it was planted. */
class SimulationTest {

    /** Always the same ones; {@code make simulate SEEDS=n} runs as many as one likes. */
    private static final int SEEDS = 150;

    private static final int REPLAYS = 20;

    /** One in which much goes wrong, so that there is much that could come out otherwise. */
    private static final long STORMY = 7;

    @BeforeAll
    static void silence() {
        Silence.begin();
    }

    @AfterAll
    static void speak() {
        Silence.end();
    }

    @Test
    void nothing_is_wrong_in_any_of_these_seeds() {
        List<Verdict> failed = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(Simulation::of)
                .filter(verdict -> verdict.failure().isPresent())
                .toList();

        assertThat(failed).isEmpty();
    }

    @Test
    void a_seed_that_is_run_again_does_the_same_again() {
        List<Verdict> runs = IntStream.range(0, REPLAYS)
                .mapToObj(i -> new Simulation(STORMY, Defect.NONE, true).run())
                .toList();

        assertThat(runs).extracting(Verdict::trace).containsOnly(runs.getFirst().trace());
        assertThat(runs)
                .extracting(Verdict::digest)
                .containsOnly(runs.getFirst().digest());
        assertThat(runs.getFirst().trace()).hasSizeGreaterThan(100);
        assertThat(new Simulation(STORMY + 1, Defect.NONE, false).run().digest())
                .isNotEqualTo(runs.getFirst().digest());
    }

    @ParameterizedTest
    @CsvSource({
        "DELETES_FIRST, 10",
        "RECREATES_AFTER_DELETE, 20",
        "RECORDS_WITHOUT_CONDITION, 40",
        "DOES_NOT_LOOK_AT_TAGS, 60",
        "NO_CHECK_AFTER_WRITE, 100",
        "NEVER_SHRINKS, 250",
    })
    void a_planted_defect_is_found_within_so_many_seeds(Defect defect, long seeds) {
        Optional<Verdict> found = LongStream.rangeClosed(1, seeds)
                .mapToObj(seed -> new Simulation(seed, defect, false).run())
                .filter(verdict -> verdict.failure().isPresent())
                .findFirst();

        assertThat(found).as("a seed that finds " + defect).isPresent();
        assertThat(Simulation.of(found.orElseThrow().seed()).failure())
                .as("what the same seed says without the defect")
                .isEmpty();
    }
}
