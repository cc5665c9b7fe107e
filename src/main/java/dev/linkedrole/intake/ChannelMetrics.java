package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.Receiver;
import dev.linkedrole.intake.consumer.ReceiverCounts;
import dev.linkedrole.intake.envelope.Decoded;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.event.HandlingResult;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/** Metrics of a channel: received messages and their results. All series exist from the start. */
final class ChannelMetrics implements ReceiverCounts {

    private static final String CHANNEL = "channel";
    private static final String MESSAGES = "linked.role.messages.";
    private static final String IN_FORCE = "in-force";
    private static final String BLOCKED = "blocked";
    private static final String MAPPED = "mapped";

    /** Upper bounds of the histogram of event ages: from an idle queue to an event that was lost for a day. */
    private static final Duration[] AGES = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1),
        Duration.ofHours(6),
        Duration.ofDays(1)
    };

    private final MeterRegistry registry;
    private final InstantSource clock;
    private final String channel;
    private final Counter received;
    private final Counter deleted;
    private final Counter returned;
    private final Counter extensions;
    private final Counter receiveFailures;
    private final Timer eventAge;

    ChannelMetrics(MeterRegistry registry, Channel channel, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        this.channel = channel.channel();
        this.received = counter(MESSAGES + "received", "Messages received.");
        this.deleted = counter(MESSAGES + "deleted", "Messages deleted from their queue.");
        this.returned = counter(MESSAGES + "returned", "Messages returned to their queue.");
        this.extensions =
                counter(MESSAGES + "heartbeats", "Extensions of the visibility timeout of messages in flight.");
        this.receiveFailures = counter("linked.role.receive.failures", "Receives that failed.");
        this.eventAge = Timer.builder("linked.role.event.age")
                .description("Time from an event at its producer until its role was in force in IAM.")
                .tag(CHANNEL, this.channel)
                .serviceLevelObjectives(AGES)
                .register(registry);
        for (boolean duplicate : new boolean[] {false, true}) {
            handled(duplicate, IN_FORCE);
            handled(duplicate, BLOCKED);
        }
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            refused(reason);
        }
        apiCalls(MAPPED);
        for (Decoded.Why why : Decoded.Why.values()) {
            apiCalls(why.code());
        }
    }

    private Counter counter(String name, String help, String... tags) {
        return Counter.builder(name)
                .description(help)
                .tag(CHANNEL, channel)
                .tags(tags)
                .register(registry);
    }

    /** Registers gauges for a receiver's messages in flight. */
    void watch(Receiver receiver) {
        Gauge.builder(MESSAGES + "in.flight", receiver, Receiver::inFlight)
                .description("Messages received, and neither deleted nor returned to their queue yet.")
                .tag(CHANNEL, channel)
                .register(registry);
        TimeGauge.builder(
                        MESSAGES + "oldest.age",
                        receiver,
                        TimeUnit.MILLISECONDS,
                        watched -> watched.oldest().toMillis())
                .description("Time since the oldest message in flight was received.")
                .tag(CHANNEL, channel)
                .register(registry);
    }

    /** Counts a handled event, and its age unless it is a duplicate or its role is not in force. */
    void handled(RoleEvent event, HandlingResult handled) {
        switch (handled.reconciliation()) {
            case Reconciliation.InForce inForce -> {
                handled(handled.duplicate(), IN_FORCE).increment();
                if (inForce.announced() && !handled.duplicate()) {
                    eventAge.record(age(event));
                }
            }
            case Reconciliation.Blocked blocked ->
                handled(handled.duplicate(), BLOCKED).increment();
        }
    }

    /** Returns an event's age; none for an event whose producer's clock is ahead of this one. */
    private Duration age(RoleEvent event) {
        Duration age = Duration.between(event.time(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Counter handled(boolean duplicate, String outcome) {
        return counter(
                MESSAGES + "handled",
                "Events handled: recorded, and their role in force or blocked by a condition.",
                "duplicate",
                Boolean.toString(duplicate),
                "outcome",
                outcome);
    }

    /** Counts an API call that became events. */
    void mapped() {
        apiCalls(MAPPED).increment();
    }

    /** Counts an API call of which nothing came. */
    void dropped(Decoded.Why why) {
        apiCalls(why.code()).increment();
    }

    private Counter apiCalls(String result) {
        return counter(
                "linked.role.api.calls",
                "API calls of the service that arrived, by what became of them.",
                "result",
                result);
    }

    void rejected(Rejection rejection) {
        refused(rejection.reason()).increment();
    }

    private Counter refused(Rejection.Reason reason) {
        return counter(
                MESSAGES + "refused", "Messages rejected and moved to the dead-letter queue.", "reason", reason.code());
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
