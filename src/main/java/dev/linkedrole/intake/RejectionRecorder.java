package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.consumer.ReceivedMessage;
import dev.linkedrole.intake.envelope.RejectedEventId;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.outcome.AcknowledgedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Records a rejected message in its instance's history, and its outcome in the outbox if outcomes are published. Does
 * neither for a message that does not identify its event.
 */
@Singleton
public class RejectionRecorder {

    private final RejectedEvents rejectedEvents;
    private final boolean published;
    private final String ownSource;

    @Inject
    RejectionRecorder(RejectedEvents rejectedEvents, ControllerConfig config) {
        this(
                rejectedEvents,
                config.outcomes().target().isPresent(),
                config.outcomes().source());
    }

    /**
     * @param published true if outcomes are published
     * @param ownSource the source of the outcomes
     */
    RejectionRecorder(RejectedEvents rejectedEvents, boolean published, String ownSource) {
        this.rejectedEvents = rejectedEvents;
        this.published = published;
        this.ownSource = ownSource;
    }

    /**
     * Records a rejection. Called before the message is moved to the dead-letter queue, so that a crash cannot lose it.
     *
     * @param event the rejected event, if the message could be read; an API call does not name it as events do
     */
    Uni<Void> give(ReceivedMessage message, Optional<RoleEvent> event, Rejection rejection) {
        // A rejected outcome that was sent to one of the queues gets no outcome: that one would arrive there, too.
        return event.map(RejectionRecorder::id)
                .or(() -> RejectedEventId.of(message.body()))
                .filter(sender -> !sender.event().event().source().equals(ownSource))
                .map(sender -> published
                        ? rejectedEvents.publish(sender.event(), sender.about(), rejection)
                        : rejectedEvents.note(sender.event(), sender.about(), rejection))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private static RejectedEventId id(RoleEvent event) {
        return new RejectedEventId(
                new AcknowledgedEvent(event.eventId(), Optional.of(event.type())),
                Optional.of(event.instance().id()));
    }
}
