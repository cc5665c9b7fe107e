package dev.linkedrole.intake;

import dev.linkedrole.intake.envelope.EventDecoder;
import dev.linkedrole.intake.queue.BatchHandler;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RejectedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;

/** The intake as it is, for whoever has a queue that is none of SQS's. */
public final class OfflineIntake {

    /** What the outcomes that it tells come from. */
    public static final String SOURCE = "linked-role-controller";

    private OfflineIntake() {}

    /**
     * The intake of a service that has no queues of its own.
     *
     * @param told whether senders are told what was rejected
     */
    public static BatchHandler of(
            EventDecoder decoder, EventHandler handler, RejectedEvents rejectedEvents, boolean told) {
        return new Intake(
                decoder,
                handler,
                new RejectionRecorder(rejectedEvents, told, SOURCE),
                new ChannelMetrics(new SimpleMeterRegistry(), Channel.FEATURE_ENABLED),
                new MessageTraces(TracerProvider.noop().get("offline"), Channel.FEATURE_ENABLED),
                new IntakeLog("offline"));
    }
}
