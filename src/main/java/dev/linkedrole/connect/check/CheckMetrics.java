package dev.linkedrole.connect.check;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Metrics of the check. */
@Singleton
public final class CheckMetrics {

    private final MeterRegistry registry;
    private final Counter instances;
    private final Counter differences;

    public CheckMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.instances = registry.counter("linked.role.check.instances");
        this.differences = registry.counter("linked.role.check.differences");
    }

    void compared() {
        instances.increment();
    }

    void differing(int events) {
        differences.increment(events);
    }

    void failed(String kind) {
        registry.counter("linked.role.check.failures", "kind", kind).increment();
    }
}
