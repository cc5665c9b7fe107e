package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.state.DesiredRole;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state of a batch of events between two of its stages.
 *
 * @param pending events that have arrived and are not recorded yet
 * @param recorded events that are recorded, by this batch or an earlier one
 * @param tooLarge events for which the role would be too large
 * @param wouldBe the role with the last event that was too large
 * @param role the record, as far as it is known
 * @param limit maximum number of events recorded in one transaction
 * @param rounds number of rounds in which arrivals were collected
 * @param conflicts number of times in this round that another replica recorded an event of the instance first
 */
record EventBatchState(
        List<PendingEvent> pending,
        List<PendingEvent> recorded,
        Map<PendingEvent, Rejection> tooLarge,
        Optional<DesiredRole.Present> wouldBe,
        RecordSnapshot role,
        int limit,
        int rounds,
        int conflicts) {

    /** The state before any event has arrived. */
    static final EventBatchState EMPTY = new EventBatchState(
            List.of(), List.of(), Map.of(), Optional.empty(), RecordSnapshot.UNREAD, Ledger.MAX_EVENTS, 0, 0);

    /** Returns the state in the next round, with these events. */
    EventBatchState collected(List<PendingEvent> arrivals) {
        return new EventBatchState(List.copyOf(arrivals), recorded, tooLarge, wouldBe, role, limit, rounds + 1, 0);
    }

    /** Returns the events to be decided now. */
    List<PendingEvent> now() {
        return pending.stream().limit(limit).toList();
    }

    /** Returns the events that do not fit into the same transaction. */
    List<PendingEvent> later() {
        return pending.stream().skip(limit).toList();
    }

    EventBatchState with(RecordSnapshot snapshot) {
        return new EventBatchState(pending, recorded, tooLarge, wouldBe, snapshot, limit, rounds, conflicts);
    }

    EventBatchState withPending(List<PendingEvent> events) {
        return new EventBatchState(List.copyOf(events), recorded, tooLarge, wouldBe, role, limit, rounds, conflicts);
    }

    EventBatchState withRecorded(List<PendingEvent> events) {
        return new EventBatchState(
                pending, joined(recorded, events), tooLarge, wouldBe, role, limit, rounds, conflicts);
    }

    /** Returns the state with events that were rejected because the role would be too large. */
    EventBatchState withTooLarge(Map<PendingEvent, Rejection> rejected, Optional<DesiredRole.Present> larger) {
        Map<PendingEvent, Rejection> all = new LinkedHashMap<>(tooLarge);
        all.putAll(rejected);
        return new EventBatchState(
                pending,
                recorded,
                Collections.unmodifiableMap(all),
                larger.or(() -> wouldBe),
                role,
                limit,
                rounds,
                conflicts);
    }

    /** Returns the state in which each event gets a transaction of its own. */
    EventBatchState oneByOne() {
        return new EventBatchState(pending, recorded, tooLarge, wouldBe, role, 1, rounds, conflicts);
    }

    /** Returns the state after another replica recorded an event first. */
    EventBatchState conflicted() {
        return new EventBatchState(pending, recorded, tooLarge, wouldBe, role, limit, rounds, conflicts + 1);
    }

    private static List<PendingEvent> joined(List<PendingEvent> some, List<PendingEvent> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
