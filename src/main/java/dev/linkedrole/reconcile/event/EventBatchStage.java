package dev.linkedrole.reconcile.event;

import dev.linkedrole.reconcile.Reconciliation;
import java.util.List;

/** A stage of a batch of events, with the state that it begins with. Each leads to another one, and in the end to {@link Done}. */
sealed interface EventBatchStage {

    /** Events that have arrived by now join the batch; without any it goes on with what is recorded. */
    record Collect(EventBatchState state) implements EventBatchStage {}

    /** The pending events are decided on the newest record. */
    record Decide(EventBatchState state) implements EventBatchStage {}

    /**
     * Writes the decision to the ledger.
     *
     * @param later pending events that were not decided on yet
     */
    record Write(EventBatchState state, EventDecider decisions, List<PendingEvent> later) implements EventBatchStage {}

    /** The role is made what the recorded events say. */
    record Reconcile(EventBatchState state) implements EventBatchStage {}

    /** Completes the futures of the recorded events. */
    record Notify(EventBatchState state, Reconciliation reconciliation) implements EventBatchStage {}

    /** Events for which the role would be too large are rejected, which its conditions say, too. */
    record Reject(EventBatchState state) implements EventBatchStage {}

    /** All events have been told what became of them. */
    record Done() implements EventBatchStage {}
}
