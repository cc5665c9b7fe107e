package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Decided;
import dev.linkedrole.ledger.Ledger;
import dev.linkedrole.ledger.Recording;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.retry.Backoff;
import dev.linkedrole.retry.CircuitBreaker;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Grant;
import dev.linkedrole.role.InstanceId;
import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RoleIdentity;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One unit of work on an instance: the events that wait are recorded together, then those that came in the meantime, and then the role is
 * reconciled once for all of them. It costs a ledger write for each time, and IAM one write for all.
 */
final class Unit {

    /** How often somebody else may be quicker before the messages are put back. */
    private static final int RECORD_ATTEMPTS = 13;

    /** So often events are recorded before IAM is written, however many more are coming. */
    private static final int MOST_ROUNDS = 3;

    private static final Backoff AFTER_CONFLICT = new Backoff(Duration.ofMillis(20), Duration.ofSeconds(1));

    private final InstanceId instance;
    private final Supplier<List<Waiting>> arrivals;
    private final Parts parts;

    private final List<Waiting> recorded = new ArrayList<>();
    private final Map<Waiting, Refusal> tooLarge = new LinkedHashMap<>();
    private Optional<WantedRole.Present> wouldBe = Optional.empty();
    private List<Waiting> pending = List.of();
    private Optional<RoleRecord> known = Optional.empty();
    private boolean newest;
    private Set<Grant> covered = Set.of();
    private boolean unknown;
    private int most = Ledger.MOST_EVENTS;
    private boolean alone;
    private int rounds;

    /** What a unit works with. */
    record Parts(
            Ledger ledger,
            PolicyCompiler compiler,
            Reconciler reconciler,
            InstantSource clock,
            Retry retry,
            CircuitBreaker store) {}

    /** @param arrivals takes those that wait by now, as many as can be recorded together */
    Unit(InstanceId instance, Supplier<List<Waiting>> arrivals, Parts parts) {
        this.instance = instance;
        this.arrivals = arrivals;
        this.parts = parts;
    }

    /** Does it, and tells each of the events what became of it. Never fails. */
    Uni<Void> run() {
        return recordArrivals().chain(this::reconcile).chain(this::refuseTooLarge);
    }

    /** Fails all that wait by now. */
    void fail(Throwable failure) {
        arrivals.get().forEach(waiting -> waiting.fail(failure));
    }

    private Uni<Void> recordArrivals() {
        pending = rounds++ < MOST_ROUNDS ? arrivals.get() : List.of();
        return pending.isEmpty() ? Uni.createFrom().voidItem() : recordPending().chain(this::recordArrivals);
    }

    /** What cannot be recorded fails; what was recorded before goes on. */
    private Uni<Void> recordPending() {
        return parts.retry()
                .upTo(
                        RECORD_ATTEMPTS,
                        AFTER_CONFLICT,
                        ConflictException.class::isInstance,
                        () -> parts.store().watch(this::recordOnce))
                .onFailure()
                .recoverWithUni(failure -> {
                    pending.forEach(waiting -> waiting.fail(failure));
                    rounds = MOST_ROUNDS;
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> recordOnce() {
        List<Waiting> now = pending.stream().limit(most).toList();
        List<Waiting> later = pending.subList(now.size(), pending.size());
        Set<Grant> named = new TreeSet<>();
        now.forEach(waiting -> named.addAll(LinkedRole.named(waiting.event())));
        return newestRecord(named).flatMap(found -> record(Decisions.on(found, now, parts.compiler()), later));
    }

    private Uni<Optional<RoleRecord>> newestRecord() {
        return newestRecord(Set.of());
    }

    /** With the marks of these grants. Of an instance that this unit has recorded first, all are known. */
    private Uni<Optional<RoleRecord>> newestRecord(Set<Grant> named) {
        if (newest && (unknown || covered.containsAll(named))) {
            return Uni.createFrom().item(known);
        }
        return parts.ledger().load(instance, named).invoke(found -> {
            loaded(found);
            covered = named;
            unknown = found.isEmpty();
        });
    }

    /** Whether all that is not known to be in IAM is this unit's own, which has written nothing of it yet. */
    private void loaded(Optional<RoleRecord> found) {
        boolean ours = known.isPresent() && found.map(RoleRecord::revision).equals(known.map(RoleRecord::revision));
        alone = ours ? alone : found.map(RoleRecord::settled).orElse(true);
        known = found;
        newest = true;
    }

    private Uni<Void> record(Decisions decisions, List<Waiting> later) {
        if (decisions.accepted().isEmpty()) {
            settle(decisions, later);
            return goOn();
        }
        Instant at = parts.clock().instant();
        RoleRecord before = before(decisions, at);
        List<Waiting> events = List.copyOf(decisions.accepted().keySet());
        List<Decided> decided = List.copyOf(decisions.accepted().values());
        newest = false;
        return parts.ledger().record(before, decided, at).flatMap(recordings -> {
            if (recordings.stream().allMatch(Recording.RECORDED::equals)) {
                known = Optional.of(after(before, decisions, decided, at));
                newest = true;
                recorded.addAll(events);
                settle(decisions, later);
                return goOn();
            }
            if (events.size() > 1 && recordings.stream().allMatch(Recording.TooLarge.class::isInstance)) {
                most = 1;
                return recordOnce();
            }
            return leaveOutDuplicates(events, recordings);
        });
    }

    private Uni<Void> goOn() {
        return pending.isEmpty() ? Uni.createFrom().voidItem() : recordOnce();
    }

    /** What makes a role wanted also says for good how it is called, so that whoever makes it is found out whatever is set later. */
    private RoleRecord before(Decisions decisions, Instant at) {
        RoleRecord before = decisions.before();
        if (!decisions.after().live()) {
            return before;
        }
        RoleIdentity identity = Named.identity(parts.compiler(), before);
        boolean isNew = before.identity().isEmpty() && !before.role().announced();
        return before.with(isNew ? identity.recordedAt(at) : identity);
    }

    private RoleRecord after(RoleRecord before, Decisions decisions, List<Decided> decided, Instant at) {
        RoleRecord after = decisions.change() ? before.next(decisions.after(), at) : before;
        return after.with(parts.ledger().awaiting(before, decided));
    }

    private void settle(Decisions decisions, List<Waiting> later) {
        decisions.twins().forEach(Waiting::isDuplicate);
        recorded.addAll(decisions.twins());
        decisions.refused().forEach((waiting, refusal) -> {
            if (refusal.reason() == Refusal.Reason.POLICY_TOO_LARGE) {
                tooLarge.put(waiting, refusal);
            } else {
                waiting.fail(refusal.asException());
            }
        });
        wouldBe = decisions.tooLarge().or(() -> wouldBe);
        pending = Stream.concat(decisions.left().stream(), later.stream()).toList();
    }

    /** What was recorded when these events came first is not at hand, and more may have been recorded since. */
    private Uni<Void> leaveOutDuplicates(List<Waiting> events, List<Recording> recordings) {
        List<Waiting> rest = new ArrayList<>(pending);
        for (int i = 0; i < events.size(); i++) {
            Waiting event = events.get(i);
            switch (recordings.get(i)) {
                case Recording.Duplicate duplicate -> {
                    event.isDuplicate();
                    recorded.add(event);
                    rest.remove(event);
                }
                case Recording.IdReused reused -> {
                    event.fail(
                            Decisions.idReused(event.event(), reused.recorded()).asException());
                    rest.remove(event);
                }
                case Recording.TooLarge large -> {
                    event.fail(Decisions.recordTooLarge(large.detail()).asException());
                    rest.remove(event);
                }
                case Recording.Recorded written -> {}
                case Recording.Conflict conflict -> {}
            }
        }
        boolean conflict = rest.size() == pending.size();
        pending = rest;
        if (conflict) {
            return Uni.createFrom().failure(new ConflictException());
        }
        return pending.isEmpty() ? newestRecord().replaceWithVoid() : recordOnce();
    }

    private Uni<Void> reconcile() {
        if (recorded.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Basis basis = recorded.stream().anyMatch(Waiting::redelivered) ? Basis.IAM : Basis.LEDGER;
        return newestRecord()
                .map(found -> found.orElseThrow(() -> new UnknownInstanceException(instance)))
                .flatMap(record -> alone
                        ? parts.reconciler().reconcileOwn(record, basis)
                        : parts.reconciler().reconcile(record, basis))
                .invoke(reconciliation -> recorded.forEach(waiting -> waiting.complete(reconciliation)))
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(failure -> {
                    recorded.forEach(waiting -> waiting.fail(failure));
                    return Uni.createFrom().voidItem();
                });
    }

    /** The role is left as it was, with a condition that says why it did not grow. */
    private Uni<Void> refuseTooLarge() {
        if (wouldBe.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        HeldException why = Growth.tooLarge(wouldBe.get());
        Condition condition =
                new Condition(why.type(), why.detail(), parts.clock().instant());
        // What was reconciled since is not to be undone, so its record is read again.
        newest &= recorded.isEmpty();
        return newestRecord()
                .flatMap(found -> found.map(
                                record -> parts.ledger().hold(record, condition).replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> tooLarge.forEach((waiting, refusal) -> waiting.fail(refusal.asException())))
                .onFailure()
                .recoverWithUni(failure -> {
                    tooLarge.keySet().forEach(waiting -> waiting.fail(failure));
                    return Uni.createFrom().voidItem();
                });
    }

    /** Somebody else recorded another event of the instance first. */
    private static final class ConflictException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ConflictException() {
            super("another event of the same instance was recorded first", null, false, false);
        }
    }
}
