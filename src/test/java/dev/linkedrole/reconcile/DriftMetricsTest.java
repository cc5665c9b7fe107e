package dev.linkedrole.reconcile;

import static dev.linkedrole.testing.time.TestTimeout.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.testing.Instance;
import dev.linkedrole.testing.time.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Drift as it is counted, on models. */
class DriftMetricsTest {

    private static final String BY_HAND =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";

    private final ManualTime time = new ManualTime();
    private final ModelCloud cloud = new ModelCloud(false, time);
    private final ModelCloud.MortalProcess process = cloud.process();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DriftMetrics metrics = new DriftMetrics(registry);

    @Test
    void a_repaired_change_of_others_counts_by_component_and_kind() {
        // Given
        metrics.watch(new StartupEvent(), process.reconciler());
        Instance instance = Instance.random();
        process.take(instance.created(0));
        time.pass(Duration.ofMinutes(2));

        // When
        cloud.administrator()
                .putRolePolicy(r -> r.roleName(instance.roleName().value())
                        .policyName("by-hand")
                        .policyDocument(BY_HAND))
                .join();
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));
        await(process.reconciler().reconcile(instance.id(), ReconcileMode.IAM));

        // Then
        assertThat(drift("inline", "extra")).isOne();
        assertThat(drift("inline", "missing")).isZero();
    }

    private double drift(String component, String kind) {
        return registry.get("linked.role.drift")
                .tags("component", component, "kind", kind)
                .counter()
                .count();
    }
}
