package dev.linkedrole.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.testing.Instance;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Age of events when their role is in force. */
class ChannelMetricsTest {

    private final Instance instance = Instance.random();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChannelMetrics metrics =
            new ChannelMetrics(registry, Channel.FEATURE_ENABLED, () -> Instance.START.plusSeconds(90));

    @Test
    void an_event_has_its_age_by_its_producers_time() {
        metrics.handled(instance.created(0), new HandlingResult(false, inForce(true)));

        assertThat(ages().count()).isOne();
        assertThat(ages().totalTime(TimeUnit.SECONDS)).isEqualTo(90);
    }

    @Test
    void an_event_from_ahead_of_this_clock_has_none() {
        metrics.handled(instance.created(120), new HandlingResult(false, inForce(true)));

        assertThat(ages().count()).isOne();
        assertThat(ages().totalTime(TimeUnit.SECONDS)).isZero();
    }

    @Test
    void duplicates_and_what_is_not_in_force_are_left_out() {
        metrics.handled(instance.created(0), new HandlingResult(true, inForce(true)));
        metrics.handled(instance.enabled(0, "agent-events"), new HandlingResult(false, inForce(false)));
        metrics.handled(instance.created(0), new HandlingResult(false, blocked()));

        assertThat(ages().count()).isZero();
        assertThat(registry.get("linked.role.messages.handled")
                        .tags("duplicate", "false", "outcome", "blocked")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void buckets_reach_from_a_second_to_a_day() {
        assertThat(ages().takeSnapshot().histogramCounts())
                .extracting(bucket -> Duration.ofNanos((long) bucket.bucket()))
                .startsWith(Duration.ofSeconds(1))
                .endsWith(Duration.ofDays(1))
                .hasSize(11);
    }

    private Timer ages() {
        return registry.get("linked.role.event.age").timer();
    }

    private Reconciliation inForce(boolean announced) {
        return new Reconciliation.InForce(instance.roleName(), 1, List.of(), announced);
    }

    private Reconciliation blocked() {
        return new Reconciliation.Blocked(
                instance.roleName(), 1, new Condition(Condition.Type.RefusedByIam, "AccessDenied", Instance.START));
    }
}
