package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.faults.LostAnswers;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The simulation finds nothing wrong with the service. */
@ExtendWith(LostAnswers.class)
class SimulationTest {

    /** Number of seeds, which are always the same; {@code make simulate SEEDS=n} runs more, and each mutant gets fewer. */
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 150);

    @Test
    void nothing_is_wrong_in_any_of_these_seeds() {
        List<Verdict> failed = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(Simulation::of)
                .filter(verdict -> verdict.failure().isPresent())
                .toList();

        assertThat(failed).isEmpty();
    }
}
