package dev.linkedrole.intake;

import dev.linkedrole.intake.consumer.BatchHandler;
import dev.linkedrole.intake.envelope.MessageDecoder;
import dev.linkedrole.reconcile.event.EventHandler;
import dev.linkedrole.reconcile.event.RecordedFacts;
import dev.linkedrole.reconcile.event.RejectedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.InstantSource;
import java.util.function.Supplier;

/** The real intake for a queue other than SQS. */
public final class OfflineIntake {

    /** Source of its outcomes. */
    public static final String SOURCE = "linked-role-controller";

    private OfflineIntake() {}

    /**
     * Creates the intake of a service without queues.
     *
     * @param told true if rejections are published as outcomes
     */
    public static BatchHandler of(
            Supplier<MessageDecoder> decoders,
            EventHandler handler,
            RecordedFacts facts,
            RejectedEvents rejectedEvents,
            boolean told) {
        return new Intake(
                decoders,
                handler,
                facts,
                new RejectionRecorder(rejectedEvents, told, SOURCE),
                new ChannelMetrics(new SimpleMeterRegistry(), Channel.FEATURE_ENABLED, InstantSource.system()),
                new MessageTraces(TracerProvider.noop().get("offline"), Channel.FEATURE_ENABLED),
                new IntakeLog("offline"));
    }
}
