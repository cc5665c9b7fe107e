package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** A received event and the future that completes with its result. */
final class PendingEvent {

    private final ReceivedEvent received;
    private final CompletableFuture<HandlingResult> end = new CompletableFuture<>();
    private boolean duplicate;

    PendingEvent(ReceivedEvent received) {
        this.received = received;
    }

    RoleEvent event() {
        return received.event();
    }

    EventId id() {
        return received.event().eventId();
    }

    boolean redelivered() {
        return received.redelivered();
    }

    /** Marks the event as a duplicate of a recorded one. */
    void isDuplicate() {
        duplicate = true;
    }

    void complete(Reconciliation reconciliation) {
        end.complete(new HandlingResult(duplicate, reconciliation));
    }

    void fail(Throwable failure) {
        end.completeExceptionally(failure);
    }

    Uni<HandlingResult> handled() {
        return Uni.createFrom().completionStage(end);
    }
}
