package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.envelope.RejectedEventId;
import dev.linkedrole.intake.queue.ReceivedMessage;
import dev.linkedrole.reconcile.event.RejectedEvents;
import dev.linkedrole.role.model.Rejection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Has a rejected message noted in its instance's history, and its sender told if outcomes are told at all; none of it if it does not say which
 * event it is.
 */
@Singleton
public class RejectionRecorder {

    private final RejectedEvents rejectedEvents;
    private final boolean told;
    private final String ownSource;

    @Inject
    RejectionRecorder(RejectedEvents rejectedEvents, ControllerConfig config) {
        this(
                rejectedEvents,
                config.outcomes().target().isPresent(),
                config.outcomes().source());
    }

    /**
     * @param told whether anybody is told
     * @param ownSource the source of the outcomes
     */
    RejectionRecorder(RejectedEvents rejectedEvents, boolean told, String ownSource) {
        this.rejectedEvents = rejectedEvents;
        this.told = told;
        this.ownSource = ownSource;
    }

    /** Before the message is put away, so that its rejection is not lost with whoever rejects it. */
    Uni<Void> give(ReceivedMessage message, Rejection rejection) {
        // An outcome that was led into one of the queues is rejected; to tell that would lead the next one there.
        return RejectedEventId.of(message.body())
                .filter(sender -> !sender.event().event().source().equals(ownSource))
                .map(sender -> told
                        ? rejectedEvents.tell(sender.event(), sender.about(), rejection)
                        : rejectedEvents.note(sender.event(), sender.about(), rejection))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
