package dev.linkedrole.outcome;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxNotifier;
import dev.linkedrole.testing.time.TestTimeout;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** A relay as the service has it, with what it needs. */
final class OutcomeCollector {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RelayHealth progress;
    private final Relay relay;

    /**
     * @param ahead how far its clock is ahead: what was just put into the outbox has waited so long for it
     */
    OutcomeCollector(Outbox outbox, OutboxNotifier bell, OutcomePublisher publisher, Duration ahead) {
        InstantSource clock = Clock.offset(Clock.systemUTC(), ahead);
        this.progress = new RelayHealth(registry, clock);
        this.relay = new Relay(
                outbox, new PublishBatches(publisher), new CloudEventWriter("linked-role-controller"), progress, clock);
        bell.tell(relay::wake);
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

    /** Waits until what it was woken for is done, or has failed, and does nothing more. */
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
