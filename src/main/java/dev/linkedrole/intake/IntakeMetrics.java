package dev.linkedrole.intake;

import dev.linkedrole.reconcile.Handled;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.Refusal;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** What became of messages, counted. */
@Singleton
public class IntakeMetrics {

    private static final String CHANNEL = "channel";

    private final MeterRegistry registry;

    IntakeMetrics(MeterRegistry registry, InFlight inFlight) {
        this.registry = registry;
        registry.gauge("linked.role.messages.in.flight", inFlight, InFlight::count);
    }

    void handled(Channel channel, Handled handled) {
        String outcome = switch (handled.reconciliation()) {
            case Reconciliation.InForce inForce -> "in-force";
            case Reconciliation.Held held -> "held";
        };
        registry.counter(
                        "linked.role.messages.handled",
                        CHANNEL,
                        channel.channel(),
                        "duplicate",
                        Boolean.toString(handled.duplicate()),
                        "outcome",
                        outcome)
                .increment();
    }

    void refused(Channel channel, Refusal refusal) {
        registry.counter(
                        "linked.role.messages.refused",
                        CHANNEL,
                        channel.channel(),
                        "reason",
                        refusal.reason().code())
                .increment();
    }

    void putBack(Channel channel) {
        registry.counter("linked.role.messages.put.back", CHANNEL, channel.channel())
                .increment();
    }
}
