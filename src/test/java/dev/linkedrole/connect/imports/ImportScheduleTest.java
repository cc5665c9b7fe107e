package dev.linkedrole.connect.imports;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.connect.RequestRate;
import dev.linkedrole.connect.comparison.InstanceComparison;
import dev.linkedrole.connect.recording.InstanceRecorder;
import dev.linkedrole.connect.walk.LocationWalk;
import dev.linkedrole.connectmodel.InProcessConnect;
import dev.linkedrole.connectmodel.ModelConnect;
import dev.linkedrole.connectmodel.VirtualReplica;
import dev.linkedrole.ledger.ModelAssociations;
import dev.linkedrole.ledger.ModelLeases;
import dev.linkedrole.ledger.ModelLedger;
import dev.linkedrole.ledger.imports.ModelImports;
import dev.linkedrole.reconcile.ModelCloud;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.testing.Defaults;
import dev.linkedrole.testing.LogLines;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Tests of the schedule of imports, and of its log. */
class ImportScheduleTest {

    private static final InstanceComparison COMPARISON = new InstanceComparison(Defaults.CATALOG);

    private final ManualTime time = new ManualTime();
    private final Counting gate = new Counting();
    private final ImportSchedule schedule = schedule();

    private ImportSchedule schedule() {
        VirtualReplica replica =
                new VirtualReplica(time, new InProcessConnect(new ModelConnect(time)::answer), RequestRate.DEFAULT);
        LocationWalk walk = new LocationWalk(
                replica.locations(),
                new ModelLeases(new ModelLeases.ModelledLeases(), gate, "one"),
                time,
                time,
                time.retry(0.5));
        ModelCloud.MortalProcess process = new ModelCloud(false, time).process();
        return new ImportSchedule(
                new ImportRunner(
                        new ModelImports(new ModelImports.Items(), gate),
                        walk,
                        new InstanceRecorder(
                                () -> COMPARISON,
                                process.ledger(),
                                process.handler(),
                                new RecordedFacts(
                                        process.ledger(),
                                        new ModelAssociations(),
                                        CircuitBreaker.alwaysClosed(time.retry(0.5)))),
                        new ImportMetrics(new SimpleMeterRegistry(), replica.pacer()),
                        time,
                        time,
                        time.retry(0.5)),
                time);
    }

    @Test
    void imports_are_looked_for_every_ten_seconds_by_one_call() {
        for (int second = 0; second < 60; second++) {
            time.pass(Duration.ofSeconds(1));
            await(schedule.second());
        }

        assertThat(gate.calls).isEqualTo(6);
    }

    @Test
    void a_new_import_is_looked_for_within_a_second() {
        schedule.soon();

        await(schedule.second());

        assertThat(gate.calls).isOne();
    }

    @Test
    void a_ledger_that_is_away_is_logged_once_until_it_is_back() {
        try (LogLines log = LogLines.of(ImportSchedule.class)) {
            for (boolean away : new boolean[] {true, true, false, true}) {
                gate.away = away;
                time.pass(ImportSchedule.EVERY);
                await(schedule.second());
            }

            assertThat(log.lines())
                    .hasSize(2)
                    .allSatisfy(line -> assertThat(line).contains("away"));
        }
    }

    /** Counts calls, and answers them unless it is away. */
    private static final class Counting implements ModelLedger.Gate {

        private int calls;
        private boolean away;

        @Override
        public <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
            calls++;
            return away
                    ? CompletableFuture.failedFuture(SdkClientException.create("away"))
                    : CompletableFuture.completedFuture(effect.get());
        }
    }
}
