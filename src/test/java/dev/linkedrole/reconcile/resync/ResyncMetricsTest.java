package dev.linkedrole.reconcile.resync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.resync.ResyncCoordinator.Run;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics of the resync, with virtual time. */
class ResyncMetricsTest {

    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = START;
    private final ResyncMetrics metrics = new ResyncMetrics(registry, () -> now);

    @Test
    void the_age_runs_from_the_start_until_all_have_been_compared() {
        // When
        now = START.plusSeconds(30);
        assertThat(gauge("linked.role.resync.age.seconds")).isEqualTo(30);

        // Then
        metrics.note(new Run(List.of(), Map.of(), Duration.ZERO, START.plusSeconds(20)));
        assertThat(gauge("linked.role.resync.age.seconds")).isEqualTo(10);
    }

    @Test
    void a_shift_is_counted_by_how_its_turns_ended_and_one_without_any_is_not() {
        // When
        metrics.note(new Run(List.of("a"), Map.of(ResyncResult.UNCHANGED, 3L), Duration.ofMillis(1_500), START));
        metrics.note(new Run(List.of("b"), Map.of(ResyncResult.UNCHANGED, 2L), Duration.ofMillis(2_500), START));
        metrics.note(new Run(List.of(), Map.of(), Duration.ofMillis(10), START));

        // Then
        assertThat(registry.get("linked.role.resync.roles")
                        .tag("result", "unchanged")
                        .counter()
                        .count())
                .isEqualTo(5);
        assertThat(gauge("linked.role.resync.last.seconds")).isEqualTo(2.5);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }
}
