package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverCounts;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;

/** Metrics of a channel: received messages and their results. */
final class ChannelMetrics implements ReceiverCounts {

    private static final String CHANNEL = "channel";
    private static final String MESSAGES = "linked.role.messages.";

    private final MeterRegistry registry;
    private final String channel;
    private final Counter received;
    private final Counter deleted;
    private final Counter returned;
    private final Counter extensions;
    private final Counter receiveFailures;

    ChannelMetrics(MeterRegistry registry, Channel channel) {
        this.registry = registry;
        this.channel = channel.channel();
        this.received = counter(MESSAGES + "received");
        this.deleted = counter(MESSAGES + "deleted");
        this.returned = counter(MESSAGES + "returned");
        this.extensions = counter(MESSAGES + "heartbeats");
        this.receiveFailures = counter("linked.role.receive.failures");
    }

    private Counter counter(String name) {
        return registry.counter(name, CHANNEL, channel);
    }

    /** Registers gauges for a receiver's messages in flight. */
    void watch(Receiver receiver) {
        Gauge.builder(MESSAGES + "in.flight", receiver, Receiver::inFlight)
                .tag(CHANNEL, channel)
                .register(registry);
        TimeGauge.builder(
                        MESSAGES + "oldest.age",
                        receiver,
                        TimeUnit.MILLISECONDS,
                        watched -> watched.oldest().toMillis())
                .tag(CHANNEL, channel)
                .register(registry);
    }

    void handled(HandlingResult handled) {
        String outcome = switch (handled.reconciliation()) {
            case Reconciliation.InForce inForce -> "in-force";
            case Reconciliation.Blocked blocked -> "blocked";
        };
        registry.counter(
                        MESSAGES + "handled",
                        CHANNEL,
                        channel,
                        "duplicate",
                        Boolean.toString(handled.duplicate()),
                        "outcome",
                        outcome)
                .increment();
    }

    /** Counts an API call that became events. */
    void mapped() {
        apiCall("mapped");
    }

    /** Counts an API call of which nothing came. */
    void dropped(Decoded.Why why) {
        apiCall(why.code());
    }

    private void apiCall(String result) {
        registry.counter("linked.role.api.calls", CHANNEL, channel, "result", result)
                .increment();
    }

    void rejected(Rejection rejection) {
        registry.counter(
                        MESSAGES + "refused",
                        CHANNEL,
                        channel,
                        "reason",
                        rejection.reason().code())
                .increment();
    }

    @Override
    public void received(int messages) {
        received.increment(messages);
    }

    @Override
    public void deleted(int messages) {
        deleted.increment(messages);
    }

    @Override
    public void returned(int messages) {
        returned.increment(messages);
    }

    @Override
    public void extensions(int messages) {
        extensions.increment(messages);
    }

    @Override
    public void receiveFailed() {
        receiveFailures.increment();
    }
}
