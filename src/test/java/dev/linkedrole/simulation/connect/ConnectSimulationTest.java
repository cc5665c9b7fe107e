package dev.linkedrole.simulation.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.simulation.checks.Verdict;
import dev.linkedrole.simulation.faults.Defect;
import dev.linkedrole.simulation.faults.LostAnswers;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fleet whose producer is Amazon Connect has right roles in the end, and a planted defect is found. */
@ExtendWith(LostAnswers.class)
class ConnectSimulationTest {

    private static final int SEEDS = Integer.getInteger("simulation.connect.seeds", 12);

    @Test
    void nothing_is_wrong_in_any_of_these_seeds() {
        List<Verdict> failed = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(ConnectSimulation::of)
                .filter(verdict -> verdict.failure().isPresent())
                .toList();

        assertThat(failed).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TIMES_READING_AT_ITS_END, 21", "TAKES_UNREAD_FOR_ABSENT, 25"})
    void a_planted_defect_is_found_within_so_many_seeds(Defect defect, long seeds) {
        // The odd seeds, in which no later check makes good what the defect did.
        Optional<Verdict> found = LongStream.iterate(1, seed -> seed <= seeds, seed -> seed + 2)
                .mapToObj(seed -> new ConnectSimulation(seed, defect, false).run())
                .filter(verdict -> verdict.failure().isPresent())
                .findFirst();

        assertThat(found).as("a seed that finds " + defect).isPresent();
        assertThat(ConnectSimulation.of(found.orElseThrow().seed()).failure())
                .as("what the same seed says without the defect")
                .isEmpty();
    }
}
