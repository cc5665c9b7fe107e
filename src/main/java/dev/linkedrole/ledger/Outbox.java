package dev.linkedrole.ledger;

import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.outcome.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The outcomes that were not published yet. What became of a role gets here in the same transaction as that it became so ({@link
 * Ledger#markApplied}), and stays until it is published.
 *
 * <p>The outcomes of one instance are a lane, in the order in which they came about. Who publishes the oldest of a lane, removes
 * it, and goes on with the next, keeps that order whatever other replicas do.
 */
public interface Outbox {

    /**
     * Puts a rejection in, which nothing in the ledger goes with. Doing it again may tell it twice, under the same id.
     */
    Uni<Void> put(Outcome.GrantRejected rejected);

    /** The oldest outcomes of a lane, oldest first. Nothing that was put in before the call is missed. */
    Uni<List<PendingOutcome>> oldest(String lane, int most);

    /** Takes a published outcome out. Doing it again changes nothing. */
    Uni<Void> remove(PendingOutcome published);

    /**
     * Counts the outcomes that wait in all lanes, except those of just now. It may lag by some seconds, and leaves some out if there are
     * very many.
     */
    Uni<OutboxBacklog> backlog(RecentWindow recent);

    /** The lane of an instance's outcomes. */
    static String laneOf(InstanceId instance) {
        return instance.value();
    }
}
