package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** A received event and the future that completes with its result. */
final class PendingEvent {

    private final ReceivedEvent arrival;
    private final CompletableFuture<HandlingResult> end = new CompletableFuture<>();
    private boolean duplicate;

    PendingEvent(ReceivedEvent arrival) {
        this.arrival = arrival;
    }

    RoleEvent event() {
        return arrival.event();
    }

    EventId id() {
        return arrival.event().eventId();
    }

    boolean redelivered() {
        return arrival.redelivered();
    }

    /** Marks the event as recorded, by this one or by another before. */
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
