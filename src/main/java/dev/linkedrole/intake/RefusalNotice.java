package dev.linkedrole.intake;

import dev.linkedrole.config.ControllerConfig;
import dev.linkedrole.intake.queue.ReceivedMessage;
import dev.linkedrole.reconcile.RefusedEvents;
import dev.linkedrole.role.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Has a refused message noted in its instance's history, and its sender told if outcomes are told at all; none of it if it does not say which
 * event it is.
 */
@Singleton
public class RefusalNotice {

    private final RefusedEvents refusedEvents;
    private final boolean told;
    private final String ownSource;

    @Inject
    RefusalNotice(RefusedEvents refusedEvents, ControllerConfig config) {
        this(
                refusedEvents,
                config.outcomes().target().isPresent(),
                config.outcomes().source());
    }

    /**
     * @param told whether anybody is told
     * @param ownSource the source of the outcomes
     */
    RefusalNotice(RefusedEvents refusedEvents, boolean told, String ownSource) {
        this.refusedEvents = refusedEvents;
        this.told = told;
        this.ownSource = ownSource;
    }

    /** Before the message is put away, so that its refusal is not lost with whoever refuses it. */
    Uni<Void> give(ReceivedMessage message, Refusal refusal) {
        // An outcome that was led into one of the queues is refused; to tell that would lead the next one there.
        return Sender.of(message.body())
                .filter(sender -> !sender.event().event().source().equals(ownSource))
                .map(sender -> told
                        ? refusedEvents.tell(sender.event(), sender.about(), refusal)
                        : refusedEvents.note(sender.event(), sender.about(), refusal))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }
}
