package dev.linkedrole.ledger.checks;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.ledger.imports.ImportLocation;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.testing.Instance;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The contract of the check's progress, for DynamoDB and for the model. Other progress may be in the same store. */
@SuppressWarnings("this-escape") // checks() of a subclass uses no state of its own
public abstract class ChecksContract {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00.000001Z");

    private final Checks checks = checks();
    private final String account =
            String.valueOf(ThreadLocalRandom.current().nextLong(100_000_000_000L, 1_000_000_000_000L));
    private final CheckProgress none = CheckProgress.none(location("us-west-2"));

    /** Returns the progress of a replica; all replicas of the test use the same store. */
    public abstract Checks checks();

    private ImportLocation location(String region) {
        return new ImportLocation(account, region);
    }

    private List<CheckProgress> mine() {
        return await(checks.all()).stream()
                .filter(progress -> progress.location().account().equals(account))
                .toList();
    }

    @Test
    void progress_is_found_as_it_was_written() {
        InstanceId instance = Instance.random().id();
        CheckProgress begun = none.begun(NOW, 12);
        CheckProgress through = begun.through(Optional.of("marker"), instance).reported(NOW);
        CheckProgress reported = through.next();

        for (CheckProgress next : List.of(
                begun,
                through,
                reported,
                reported.restarted(),
                reported.restarted().done())) {
            assertThat(await(checks.save(next))).isTrue();
            assertThat(mine()).containsExactly(next);
        }
    }

    @Test
    void progress_of_another_version_is_not_replaced() {
        CheckProgress begun = none.begun(NOW, 12);
        await(checks.save(begun));
        await(checks.save(begun.done()));

        assertThat(await(checks.save(none.begun(NOW, 1)))).isFalse();
        assertThat(await(checks.save(begun.restarted()))).isFalse();
        assertThat(mine()).containsExactly(begun.done());
    }

    @Test
    void each_location_has_its_own_progress() {
        CheckProgress east = CheckProgress.none(location("us-east-1")).begun(NOW, 1);
        CheckProgress west = none.begun(NOW, 2);
        await(checks.save(west));
        await(checks.save(east));

        assertThat(mine()).containsExactly(east, west);
    }
}
