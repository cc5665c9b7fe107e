package dev.linkedrole.connect.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.ReadScope;
import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.ledger.imports.ImportRecord;
import dev.linkedrole.ledger.imports.LocationProgress;
import dev.linkedrole.ledger.imports.LocationProgress.Counts;
import dev.linkedrole.testing.Instance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The time that imports take, told beforehand. */
class ImportEstimateTest {

    private static final ImportLocation WEST = new ImportLocation(Instance.ACCOUNT, "us-west-2");
    private static final ImportLocation EAST = new ImportLocation(Instance.ACCOUNT, "us-east-1");
    private static final ImportRecord REQUEST =
            ImportRecord.requested("id", Instance.START, List.of(EAST, WEST), false);

    private final ImportEstimate estimate = new ImportEstimate(Duration.ofSeconds(10));

    @Test
    void an_instance_takes_its_requests_at_the_rate() {
        ReadScope scope = new ReadScope(Set.of("ATTACHMENTS"), Set.of(), false, true);

        assertThat(ImportEstimate.of(scope, new RequestRate(2, 5)).perInstance())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void nothing_is_said_until_every_location_is_counted() {
        assertThat(estimate.left(REQUEST, List.of())).isEmpty();
        assertThat(estimate.left(REQUEST, List.of(counted(WEST, 10)))).isEmpty();
    }

    @Test
    void the_longest_location_decides_since_all_are_read_at_once() {
        assertThat(estimate.left(REQUEST, List.of(counted(WEST, 10), counted(EAST, 3))))
                .contains(Duration.ofSeconds(100));
    }

    @Test
    void what_was_read_takes_no_more_time_and_an_end_none() {
        LocationProgress west = counted(WEST, 10);
        Counts six = west.counts();
        for (int i = 0; i < 6; i++) {
            six = six.plus(1, false, true);
        }
        LocationProgress read = west.through(Optional.empty(), Instance.random().id(), six, Instance.START);
        LocationProgress failed =
                LocationProgress.waiting(EAST).begun(Instance.START).failed("no", Instance.START);

        assertThat(estimate.left(REQUEST, List.of(read, failed))).contains(Duration.ofSeconds(40));
        assertThat(estimate.left(REQUEST, List.of(read.done(Instance.START), failed)))
                .contains(Duration.ZERO);
    }

    private static LocationProgress counted(ImportLocation location, long many) {
        return LocationProgress.waiting(location).begun(Instance.START).counted(many);
    }
}
