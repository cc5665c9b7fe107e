package dev.linkedrole.simulation;

import dev.linkedrole.ledger.Backlog;
import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.Recent;
import dev.linkedrole.ledger.WaitingOutcome;
import dev.linkedrole.role.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;

/** Says in the trace that a call is for the outbox. */
record WatchedOutbox(Outbox outbox, MortalProcess process) implements Outbox {

    private <T> Uni<T> about(Supplier<Uni<T>> call) {
        String purpose = process.tell("outbox");
        return Uni.createFrom().deferred(() -> {
            process.turnTo(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<Void> put(Outcome.GrantRefused refused) {
        return about(() -> outbox.put(refused));
    }

    @Override
    public Uni<List<WaitingOutcome>> oldest(String lane, int most) {
        return about(() -> outbox.oldest(lane, most));
    }

    @Override
    public Uni<Void> remove(WaitingOutcome published) {
        return about(() -> outbox.remove(published));
    }

    @Override
    public Uni<Backlog> backlog(Recent recent) {
        return about(() -> outbox.backlog(recent));
    }
}
