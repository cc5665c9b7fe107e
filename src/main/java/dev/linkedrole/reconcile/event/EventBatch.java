package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.RecordResult;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.loop.Trampoline;
import dev.linkedrole.reconcile.Reconciliation;
import dev.linkedrole.reconcile.UnknownInstanceException;
import dev.linkedrole.reconcile.apply.BlockedException;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.ReconcileMode;
import dev.linkedrole.reconcile.apply.RoleUpserter;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.RejectedException;
import dev.linkedrole.role.model.Rejection;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Batch of events of one instance. The waiting events are recorded together, then those that arrived in the meantime,
 * and then the role is reconciled once for all. Each round costs one ledger write, and the batch one write to IAM.
 *
 * <p>It is a state machine: {@link #next} leads from one {@link EventBatchStage} to the next, and has no state but the
 * stage.
 */
final class EventBatch {

    /**
     * Attempts to record before the messages are returned to the queue. Each failed attempt means that another process
     * has recorded an event of the instance; so of thirteen processes that record at once the last one still succeeds.
     * The pauses take 3.6 s on average and 7.3 s at most, less than a visibility timeout.
     */
    private static final int RECORD_ATTEMPTS = 13;

    /** Rounds of recording before IAM is written, however many more events arrive. */
    private static final int MAX_ROUNDS = 3;

    private static final Backoff AFTER_CONFLICT = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

    private final InstanceId instance;
    private final Supplier<List<PendingEvent>> arrivals;
    private final EventBatchContext context;

    /** @param arrivals takes the waiting events, as many as can be recorded together */
    EventBatch(InstanceId instance, Supplier<List<PendingEvent>> arrivals, EventBatchContext context) {
        this.instance = instance;
        this.arrivals = arrivals;
        this.context = context;
    }

    /** Handles the batch and completes each event with its result. Never fails. */
    Uni<Void> run() {
        EventBatchStage first = new EventBatchStage.Collect(EventBatchState.EMPTY);
        return Trampoline.run(first, EventBatchStage.Done.class::isInstance, this::next)
                .replaceWithVoid();
    }

    /** Fails all waiting events. */
    void fail(Throwable failure) {
        fail(arrivals.get(), failure);
    }

    private Uni<EventBatchStage> next(EventBatchStage stage) {
        return switch (stage) {
            case EventBatchStage.Collect(EventBatchState state) -> at(collect(state));
            case EventBatchStage.Decide(EventBatchState state) ->
                context.store()
                        .watchFailures(() -> decide(state))
                        .onFailure()
                        .recoverWithItem(why -> giveUp(state, why));
            case EventBatchStage.Write write ->
                context.store()
                        .watch(() -> record(write))
                        .onFailure()
                        .recoverWithItem(why -> giveUp(write.state(), why));
            case EventBatchStage.Reconcile(EventBatchState state) -> reconcile(state);
            case EventBatchStage.Notify(EventBatchState state, Reconciliation reconciliation) -> {
                state.recorded().forEach(pending -> pending.complete(reconciliation));
                yield at(new EventBatchStage.Reject(state));
            }
            case EventBatchStage.Reject(EventBatchState state) -> reject(state);
            case EventBatchStage.Done done -> at(done);
        };
    }

    private static Uni<EventBatchStage> at(EventBatchStage stage) {
        return Uni.createFrom().item(stage);
    }

    private EventBatchStage collect(EventBatchState state) {
        EventBatchState more = state.collected(state.rounds() < MAX_ROUNDS ? arrivals.get() : List.of());
        return more.pending().isEmpty() ? new EventBatchStage.Reconcile(more) : new EventBatchStage.Decide(more);
    }

    /** Fails the events that cannot be recorded; those recorded before continue. */
    private static EventBatchStage giveUp(EventBatchState state, Throwable failure) {
        fail(state.pending(), failure);
        return new EventBatchStage.Reconcile(state.withPending(List.of()));
    }

    private Uni<EventBatchStage> decide(EventBatchState state) {
        List<PendingEvent> now = state.now();
        Set<Grant> named = new TreeSet<>();
        now.forEach(pending -> named.addAll(LinkedRole.named(pending.event())));
        return newest(state.role(), named).map(role -> {
            EventBatchState known = state.with(role);
            EventDecider decisions =
                    EventDecider.on(role.record(), now, context.compilers().get());
            return decisions.accepted().isEmpty()
                    ? recordRest(settle(known, decisions, state.later()))
                    : new EventBatchStage.Write(known.with(known.role().stale()), decisions, state.later());
        });
    }

    private static EventBatchStage recordRest(EventBatchState state) {
        return state.pending().isEmpty() ? new EventBatchStage.Collect(state) : new EventBatchStage.Decide(state);
    }

    /** Returns the snapshot with the known disablings of these grants. */
    private Uni<RecordSnapshot> newest(RecordSnapshot known, Set<Grant> named) {
        return known.covers(named)
                ? Uni.createFrom().item(known)
                : context.ledger().load(instance, named).map(found -> known.read(found, named));
    }

    private Uni<EventBatchStage> record(EventBatchStage.Write stage) {
        EventDecider decisions = stage.decisions();
        Instant at = context.clock().instant();
        RoleRecord before = before(decisions, at);
        List<PendingEvent> events = List.copyOf(decisions.accepted().keySet());
        List<DecidedEvent> decided = List.copyOf(decisions.accepted().values());
        return context.ledger().record(before, decided, at).flatMap(recordings -> {
            EventBatchState state = stage.state();
            if (recordings.stream().allMatch(RecordResult.RECORDED::equals)) {
                RoleRecord after = after(before, decisions, decided, at);
                EventBatchState written =
                        state.with(state.role().written(after)).withRecorded(events);
                return at(recordRest(settle(written, decisions, stage.later())));
            }
            if (events.size() > 1 && recordings.stream().allMatch(RecordResult.TooLarge.class::isInstance)) {
                return at(new EventBatchStage.Decide(state.oneByOne()));
            }
            return recordAgain(state, events, recordings);
        });
    }

    /**
     * Returns the record before these events. An event that makes a role desired also records the role's identity, so
     * that the role can be found later whatever the settings are.
     */
    private RoleRecord before(EventDecider decisions, Instant at) {
        RoleRecord before = decisions.before();
        if (!decisions.after().live()) {
            return before;
        }
        RoleIdentity identity = DesiredRoles.identity(context.compilers().get(), before);
        boolean isNew = before.identity().isEmpty() && !before.role().announced();
        return before.with(isNew ? identity.recordedAt(at) : identity);
    }

    private RoleRecord after(RoleRecord before, EventDecider decisions, List<DecidedEvent> decided, Instant at) {
        RoleRecord after = decisions.change() ? before.next(decisions.after(), at) : before;
        return after.with(context.ledger().pendingAcknowledgements(before, decided));
    }

    private static EventBatchState settle(EventBatchState state, EventDecider decisions, List<PendingEvent> later) {
        decisions.duplicates().forEach(PendingEvent::isDuplicate);
        Map<PendingEvent, Rejection> tooLarge = new LinkedHashMap<>();
        decisions.rejected().forEach((pending, rejection) -> {
            if (rejection.reason() == Rejection.Reason.POLICY_TOO_LARGE) {
                tooLarge.put(pending, rejection);
            } else {
                pending.fail(new RejectedException(rejection));
            }
        });
        return state.withRecorded(decisions.duplicates())
                .withTooLarge(tooLarge, decisions.tooLarge())
                .withPending(
                        Stream.concat(decisions.left().stream(), later.stream()).toList());
    }

    /** Records again: the result of the first recording is unknown, and more may have been recorded since. */
    private Uni<EventBatchStage> recordAgain(
            EventBatchState state, List<PendingEvent> events, List<RecordResult> recordings) {
        List<PendingEvent> rest = new ArrayList<>(state.pending());
        List<PendingEvent> duplicates = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            PendingEvent event = events.get(i);
            switch (recordings.get(i)) {
                case RecordResult.Duplicate duplicate -> {
                    event.isDuplicate();
                    duplicates.add(event);
                    rest.remove(event);
                }
                case RecordResult.IdReused reused -> {
                    event.fail(new RejectedException(EventDecider.idReused(event.event(), reused.recorded())));
                    rest.remove(event);
                }
                case RecordResult.TooLarge large -> {
                    event.fail(new RejectedException(EventDecider.recordTooLarge(large.detail())));
                    rest.remove(event);
                }
                case RecordResult.Recorded written -> {}
                case RecordResult.Conflict conflict -> {}
            }
        }
        return rest.size() < state.pending().size()
                ? at(recordRest(state.withRecorded(duplicates).withPending(rest)))
                : decideAfterConflict(state.conflicted());
    }

    private Uni<EventBatchStage> decideAfterConflict(EventBatchState state) {
        return state.conflicts() == RECORD_ATTEMPTS
                ? at(giveUp(state, new ConflictException()))
                : context.retry()
                        .pause(AFTER_CONFLICT.pause(
                                state.conflicts(), context.retry().chance()))
                        .replaceWith(new EventBatchStage.Decide(state));
    }

    private Uni<EventBatchStage> reconcile(EventBatchState state) {
        if (state.recorded().isEmpty()) {
            return at(new EventBatchStage.Reject(state));
        }
        ReconcileMode mode = state.recorded().stream().anyMatch(PendingEvent::redelivered)
                ? ReconcileMode.IAM
                : ReconcileMode.LEDGER;
        return newest(state.role(), Set.of())
                .flatMap(role -> reconcile(role, mode))
                .<EventBatchStage>map(reconciliation -> new EventBatchStage.Notify(state, reconciliation))
                .onFailure()
                .recoverWithItem(failure -> {
                    fail(state.recorded(), failure);
                    return new EventBatchStage.Reject(state);
                });
    }

    private Uni<Reconciliation> reconcile(RecordSnapshot role, ReconcileMode mode) {
        RoleRecord record = role.record().orElseThrow(() -> new UnknownInstanceException(instance));
        return role.alone()
                ? context.reconciler().reconcileOwn(record, mode)
                : context.reconciler().reconcile(record, mode);
    }

    /**
     * Rejects the events for which the role would be too large; the role stays as it was, with a condition that gives
     * the reason.
     */
    private Uni<EventBatchStage> reject(EventBatchState state) {
        if (state.wouldBe().isEmpty()) {
            return at(new EventBatchStage.Done());
        }
        BlockedException why = RoleUpserter.tooLarge(state.wouldBe().get());
        Condition condition =
                new Condition(why.type(), why.detail(), context.clock().instant());
        // The record is read again, so that changes of the reconciliation are not undone.
        RecordSnapshot known =
                state.recorded().isEmpty() ? state.role() : state.role().stale();
        return newest(known, Set.of())
                .flatMap(role -> role.record()
                        .map(record ->
                                context.ledger().setCondition(record, condition).replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> state.tooLarge()
                        .forEach((pending, rejection) -> pending.fail(new RejectedException(rejection))))
                .onFailure()
                .invoke(failure -> fail(List.copyOf(state.tooLarge().keySet()), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWith(new EventBatchStage.Done());
    }

    private static void fail(List<PendingEvent> events, Throwable failure) {
        events.forEach(pending -> pending.fail(failure));
    }

    /** Another replica recorded an event of the instance first. */
    private static final class ConflictException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ConflictException() {
            super("another event of the same instance was recorded first", null, false, false);
        }
    }
}
