package dev.linkedrole.connect.imports;

import dev.linkedrole.connect.RequestPacer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Metrics of reading Amazon Connect for imports. */
@Singleton
public final class ImportMetrics {

    private static final String EVENTS = "linked.role.import.events";

    private final Counter instances;
    private final Counter recorded;
    private final Counter compared;

    public ImportMetrics(MeterRegistry registry, RequestPacer pacer) {
        this.instances = registry.counter("linked.role.import.instances");
        this.recorded = registry.counter(EVENTS, "mode", "recorded");
        this.compared = registry.counter(EVENTS, "mode", "dry-run");
        FunctionCounter.builder("linked.role.connect.requests", pacer, RequestPacer::requests)
                .register(registry);
    }

    void read(int events, boolean dryRun) {
        instances.increment();
        (dryRun ? compared : recorded).increment(events);
    }
}
