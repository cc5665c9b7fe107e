package dev.linkedrole.intake;

import dev.linkedrole.intake.queue.BatchHandler;
import dev.linkedrole.reconcile.EventHandler;
import dev.linkedrole.reconcile.RefusedEvents;
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
     * @param told whether senders are told what was refused
     */
    public static BatchHandler of(
            EventDecoder decoder, EventHandler handler, RefusedEvents refusedEvents, boolean told) {
        return new Intake(
                decoder,
                handler,
                new RefusalNotice(refusedEvents, told, SOURCE),
                new ChannelMetrics(new SimpleMeterRegistry(), Channel.FEATURE_ENABLED),
                new Traces(TracerProvider.noop().get("offline"), Channel.FEATURE_ENABLED),
                new IntakeLog("offline"));
    }
}
