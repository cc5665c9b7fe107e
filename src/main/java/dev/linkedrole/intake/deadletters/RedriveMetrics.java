package dev.linkedrole.intake.deadletters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Metrics of redrives: messages that were sent again, and that could not be. */
public final class RedriveMetrics {

    private static final String NAME = "linked.role.redrive.messages";

    private final Map<String, Counter> redriven = new HashMap<>();
    private final Map<String, Counter> failed = new HashMap<>();

    /** @param channels channel of each queue, by the queue's name */
    public RedriveMetrics(MeterRegistry registry, Map<String, String> channels) {
        channels.forEach((queue, channel) -> {
            redriven.put(queue, registry.counter(NAME, "channel", channel, "result", "redriven"));
            failed.put(queue, registry.counter(NAME, "channel", channel, "result", "failed"));
        });
    }

    void redriven(String queue) {
        Objects.requireNonNull(redriven.get(queue)).increment();
    }

    void failed(String queue) {
        Objects.requireNonNull(failed.get(queue)).increment();
    }
}
