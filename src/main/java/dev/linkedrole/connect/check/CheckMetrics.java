package dev.linkedrole.connect.check;

import dev.linkedrole.connect.ConnectCallException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Metrics of the check. All series exist from the start. */
@Singleton
public final class CheckMetrics {

    /** Kind of failure: a reading does not tell enough. */
    static final String UNDECIDED = "undecided";

    /** Kind of failure: an event was not recorded, or is not in force. */
    static final String RECORDING = "recording";

    private final MeterRegistry registry;
    private final Counter instances;
    private final Counter differences;

    public CheckMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.instances = Counter.builder("linked.role.check.instances")
                .description("Instances that the check compared on this replica.")
                .register(registry);
        this.differences = Counter.builder("linked.role.check.differences")
                .description("Events that the check recorded, since no producer had sent them.")
                .register(registry);
        for (ConnectCallException.Kind kind : ConnectCallException.Kind.values()) {
            failures(word(kind));
        }
        failures(UNDECIDED);
        failures(RECORDING);
    }

    /** Returns a kind of failed call as metrics have it. */
    static String word(ConnectCallException.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    void compared() {
        instances.increment();
    }

    void differing(int events) {
        differences.increment(events);
    }

    void failed(String kind) {
        failures(kind).increment();
    }

    private Counter failures(String kind) {
        return Counter.builder("linked.role.check.failures")
                .description("Parts of the check that were not done, by the reason.")
                .tag("kind", kind)
                .register(registry);
    }
}
