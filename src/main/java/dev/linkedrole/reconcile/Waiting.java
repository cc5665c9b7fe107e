package dev.linkedrole.reconcile;

import dev.linkedrole.role.EventId;
import dev.linkedrole.role.RoleEvent;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** An event that came, and whoever waits for what becomes of it. */
final class Waiting {

    private final Arrival arrival;
    private final CompletableFuture<Handled> end = new CompletableFuture<>();
    private boolean duplicate;

    Waiting(Arrival arrival) {
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

    /** It is recorded, by this one or by another before. */
    void isDuplicate() {
        duplicate = true;
    }

    void complete(Reconciliation reconciliation) {
        end.complete(new Handled(duplicate, reconciliation));
    }

    void fail(Throwable failure) {
        end.completeExceptionally(failure);
    }

    Uni<Handled> handled() {
        return Uni.createFrom().completionStage(end);
    }
}
