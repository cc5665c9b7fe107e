package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The simulation finds nothing wrong with the service. */
class SimulationTest {

    /** Always the same ones; {@code make simulate SEEDS=n} runs as many as one likes. */
    private static final int SEEDS = 150;

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
}
