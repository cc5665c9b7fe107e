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
            redriven.put(queue, counter(registry, channel, "redriven"));
            failed.put(queue, counter(registry, channel, "failed"));
        });
    }

    private static Counter counter(MeterRegistry registry, String channel, String result) {
        return Counter.builder(NAME)
                .description("Dead letters that redrives of this replica sent again, or could not send.")
                .tag("channel", channel)
                .tag("result", result)
                .register(registry);
    }

    void redriven(String queue) {
        Objects.requireNonNull(redriven.get(queue)).increment();
    }

    void failed(String queue) {
        Objects.requireNonNull(failed.get(queue)).increment();
    }
}
