package dev.linkedrole.simulation.checks;

import dev.linkedrole.ledger.Outbox;
import dev.linkedrole.ledger.OutboxBacklog;
import dev.linkedrole.ledger.PendingOutcome;
import dev.linkedrole.ledger.RecentWindow;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.simulation.world.CrashingProcess;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Supplier;

/** Outbox that adds its calls to the trace. */
public record WatchedOutbox(Outbox outbox, CrashingProcess process) implements Outbox {

    private <T> Uni<T> about(Supplier<Uni<T>> call) {
        String purpose = process.tell("outbox");
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return call.get();
        });
    }

    @Override
    public Uni<Void> put(Outcome.GrantRejected rejected) {
        return about(() -> outbox.put(rejected));
    }

    @Override
    public Uni<List<PendingOutcome>> oldest(String lane, int most) {
        return about(() -> outbox.oldest(lane, most));
    }

    @Override
    public Uni<Void> remove(PendingOutcome published) {
        return about(() -> outbox.remove(published));
    }

    @Override
    public Uni<OutboxBacklog> backlog(RecentWindow recent) {
        return about(() -> outbox.backlog(recent));
    }
}
