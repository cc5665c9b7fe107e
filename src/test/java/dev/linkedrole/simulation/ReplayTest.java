package dev.linkedrole.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.LostAnswers;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The seed decides every event of a run. */
@ExtendWith(LostAnswers.class)
class ReplayTest {

    private static final int REPLAYS = 20;

    /** Seed with many faults, so that a difference between runs would show. */
    private static final long STORMY = 7;

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
}
