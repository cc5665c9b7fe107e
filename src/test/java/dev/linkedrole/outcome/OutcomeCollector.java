package dev.linkedrole.outcome;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.testing.time.TestTimeout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** A relay wired as in the service. */
final class OutcomeCollector {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RelayHealth progress;
    private final Relay relay;

    /** @param ahead lead of its clock: the age of a new outcome by that clock */
    OutcomeCollector(Outbox outbox, OutboxNotifier notifier, OutcomePublisher publisher, Duration ahead) {
        InstantSource clock = Clock.offset(Clock.systemUTC(), ahead);
        this.progress = new RelayHealth(registry, clock);
        this.relay = new Relay(
                outbox, new PublishBatches(publisher), new CloudEventWriter("linked-role-controller"), progress, clock);
        notifier.setListener(relay::wake);
    }

    Relay relay() {
        return relay;
    }

    RelayHealth progress() {
        return progress;
    }

    SimpleMeterRegistry registry() {
        return registry;
    }

    long sweep() {
        return TestTimeout.await(relay.sweep());
    }

    /** Stops the relay after the running work has ended or failed. */
    void finish() {
        try {
            if (!relay.stop(TestTimeout.LONGEST)) {
                throw new IllegalStateException("outcomes are on their way for ever");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
