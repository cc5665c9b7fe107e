package dev.linkedrole.simulation.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.simulation.Simulation;
import dev.linkedrole.simulation.checks.Verdict;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulation finds planted defects; {@link DefectsTest} finds the others. */
@ExtendWith(LostAnswers.class)
class PlantedDefectsTest {

    @ParameterizedTest
    @CsvSource({
        "DELETES_FIRST, 10",
        "RECREATES_AFTER_DELETE, 20",
        "RECORDS_WITHOUT_CONDITION, 40",
        "DOES_NOT_LOOK_AT_TAGS, 60",
        "NO_CHECK_AFTER_WRITE, 300",
        "NEVER_SHRINKS, 250",
        "OVERLOOKS_OWNERSHIP_MARKERS, 100",
        "BELIEVES_WRITTEN_TIMES, 40",
        "TAKES_OLD_FOR_NEW, 10",
        "GOES_BY_RESTORED_LEDGER, 150",
        "IGNORES_PAUSES, 20",
        "HOLDS_NO_CHANGE, 100",
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
