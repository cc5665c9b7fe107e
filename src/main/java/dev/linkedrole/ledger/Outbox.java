package dev.linkedrole.ledger;

import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.outcome.Outcome;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * The outcomes that are not published yet. An outcome is put in by the transaction that makes it true ({@link
 * Ledger#markApplied}), and stays until it is published.
 *
 * <p>The outcomes of one instance are a lane, in the order in which they were put in. A publisher publishes the oldest
 * of a lane, removes it, and continues with the next; so that order holds whatever other replicas do.
 */
public interface Outbox {

    /** Puts a rejection in, without a transaction. A repeated call may publish it twice, under the same id. */
    Uni<Void> put(Outcome.GrantRejected rejected);

    /** Returns the oldest outcomes of a lane, oldest first, including all that were put in before the call. */
    Uni<List<PendingOutcome>> oldest(String lane, int most);

    /** Removes a published outcome. A repeated call changes nothing. */
    Uni<Void> remove(PendingOutcome published);

    /**
     * Counts the outcomes in all lanes, except those put in within the window. The count may be some seconds old, and
     * omits some if there are very many.
     */
    Uni<OutboxBacklog> backlog(RecentWindow recent);

    /** Returns the lane of an instance's outcomes. */
    static String laneOf(InstanceId instance) {
        return instance.value();
    }
}
