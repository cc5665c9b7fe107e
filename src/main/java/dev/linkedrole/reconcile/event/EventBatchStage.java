package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;
import java.util.List;

/**
 * A stage of a batch of events, with the state that it begins with. Each stage leads to another one, and at last to
 * {@link Done}.
 */
sealed interface EventBatchStage {

    /** Adds events that have arrived to the batch; without any, the batch continues with the recorded events. */
    record Collect(EventBatchState state) implements EventBatchStage {}

    /** Decides the pending events on the newest record. */
    record Decide(EventBatchState state) implements EventBatchStage {}

    /**
     * Writes the decision to the ledger.
     *
     * @param later pending events that were not decided on yet
     */
    record Write(EventBatchState state, EventDecider decisions, List<PendingEvent> later) implements EventBatchStage {}

    /** Reconciles the role with the recorded events. */
    record Reconcile(EventBatchState state) implements EventBatchStage {}

    /** Completes the futures of the recorded events. */
    record Notify(EventBatchState state, Reconciliation reconciliation) implements EventBatchStage {}

    /** Rejects events for which the role would be too large; the role's condition says so, too. */
    record Reject(EventBatchState state) implements EventBatchStage {}

    /** All events have their results. */
    record Done() implements EventBatchStage {}
}
