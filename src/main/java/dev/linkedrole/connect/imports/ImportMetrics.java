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
        this.instances = Counter.builder("linked.role.import.instances")
                .description("Instances that imports compared on this replica.")
                .register(registry);
        this.recorded = events(registry, "recorded");
        this.compared = events(registry, "dry-run");
        FunctionCounter.builder("linked.role.connect.requests", pacer, RequestPacer::requests)
                .description("Requests of this replica to Amazon Connect.")
                .register(registry);
    }

    private static Counter events(MeterRegistry registry, String mode) {
        return Counter.builder(EVENTS)
                .description("Events that imports of this replica led to.")
                .tag("mode", mode)
                .register(registry);
    }

    void read(int events, boolean dryRun) {
        instances.increment();
        (dryRun ? compared : recorded).increment(events);
    }
}
