package dev.linkedrole.reconcile.event;

import dev.linkedrole.ledger.DecidedEvent;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.apply.BlockedException;
import dev.linkedrole.reconcile.apply.DesiredRoles;
import dev.linkedrole.reconcile.apply.RoleUpserter;
import dev.linkedrole.role.model.Decision;
import dev.linkedrole.role.model.EventDigest;
import dev.linkedrole.role.model.EventId;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.model.Rejection;
import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyCompiler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * Decides the waiting events of an instance in order, each on the state that the earlier ones lead to. The size of the
 * role is checked for the state after all events, since IAM never sees those in between; only if that role is too
 * large, each event is checked.
 */
final class EventDecider {

    /**
     * Half of the characters that one transaction may have. Each decision is written twice: to the history and to the
     * state.
     */
    private static final int MAX_CHARACTERS = 2_000_000;

    /** Size of the attribute names of an item, and of metadata. */
    private static final int ITEM = 1_000;

    private final PolicyCompiler compiler;
    private final Optional<RoleRecord> found;

    private final Map<PendingEvent, DecidedEvent> accepted = new LinkedHashMap<>();
    private final Map<PendingEvent, Rejection> rejected = new LinkedHashMap<>();
    private final List<PendingEvent> duplicates = new ArrayList<>();
    private final List<PendingEvent> left = new ArrayList<>();
    private final Map<EventId, RoleEvent> byId = new HashMap<>();

    private Optional<LinkedRole> state;
    private Optional<DesiredRole.Present> tooLarge = Optional.empty();
    private int characters;

    private EventDecider(PolicyCompiler compiler, Optional<RoleRecord> found) {
        this.compiler = compiler;
        this.found = found;
        this.state = found.map(RoleRecord::role);
    }

    static EventDecider on(Optional<RoleRecord> found, List<PendingEvent> events, PolicyCompiler compiler) {
        EventDecider together = new EventDecider(compiler, found);
        events.forEach(event -> together.decide(event, false));
        if (together.fits()) {
            return together;
        }
        EventDecider oneByOne = new EventDecider(compiler, found);
        events.forEach(event -> oneByOne.decide(event, true));
        return oneByOne;
    }

    private boolean fits() {
        return accepted.values().stream().noneMatch(EventDecider::grows)
                || state.flatMap(this::tooLarge).isEmpty();
    }

    private void decide(PendingEvent pending, boolean mustFit) {
        RoleEvent event = pending.event();
        LinkedRole before = state.orElseGet(() -> LinkedRole.unknown(event.instance()));
        RoleEvent first = byId.get(pending.id());
        if (first != null) {
            decideDuplicate(pending, first);
        } else if (!before.instance().equals(event.instance())) {
            rejected.put(pending, mismatch(before, event));
        } else {
            DecidedEvent decided = new DecidedEvent(event, Decision.of(before, event));
            Optional<DesiredRole.Present> tooMuch =
                    mustFit && grows(decided) ? tooLarge(decided.decision().after()) : Optional.empty();
            tooMuch.ifPresentOrElse(desired -> rejectAsTooLarge(pending, desired), () -> accept(pending, decided));
        }
    }

    private void decideDuplicate(PendingEvent pending, RoleEvent first) {
        if (EventDigest.of(first).equals(EventDigest.of(pending.event()))) {
            duplicates.add(pending);
        } else {
            rejected.put(pending, idReused(pending.event(), first.time()));
        }
    }

    /** @param recorded time of the other event with this id */
    static Rejection idReused(RoleEvent event, Instant recorded) {
        return new Rejection(
                        Rejection.Reason.ID_REUSED,
                        "is that of another event from the same source, which happened at " + recorded
                                + "; this one says something else, and happened at " + event.time()
                                + ": each event needs an id of its own")
                .of("id");
    }

    static Rejection recordTooLarge(String detail) {
        return new Rejection(
                        Rejection.Reason.RECORD_TOO_LARGE,
                        "cannot be recorded: what is recorded of the role would be too large, " + detail)
                .of("resources");
    }

    private void accept(PendingEvent pending, DecidedEvent decided) {
        characters += ITEM
                + characters(decided.decision().granted())
                + Math.max(characters(decided.decision().taken()), characters(disabled(pending.event())));
        if (!left.isEmpty() || (!accepted.isEmpty() && characters > MAX_CHARACTERS)) {
            left.add(pending);
            return;
        }
        byId.put(pending.id(), pending.event());
        accepted.put(pending, decided);
        state = Optional.of(decided.decision().after());
    }

    private static SortedSet<Grant> disabled(RoleEvent event) {
        return event instanceof RoleEvent.FeatureDisabled ? LinkedRole.named(event) : Collections.emptySortedSet();
    }

    private static int characters(SortedSet<Grant> grants) {
        return grants.stream()
                .mapToInt(grant -> grant.feature().length()
                        + grant.resource().map(String::length).orElse(0))
                .sum();
    }

    private static boolean grows(DecidedEvent decided) {
        return decided.event() instanceof RoleEvent.FeatureEnabled
                && decided.decision().effect() != Decision.Effect.SUPERSEDED;
    }

    /** Returns the desired role if it exceeds IAM's limits. */
    private Optional<DesiredRole.Present> tooLarge(LinkedRole role) {
        return Optional.of(DesiredRoles.compileAnnounced(compiler, before(role), role))
                .filter(desired -> desired.charactersOver() > 0);
    }

    private void rejectAsTooLarge(PendingEvent pending, DesiredRole.Present desired) {
        tooLarge = Optional.of(desired);
        BlockedException why = RoleUpserter.tooLarge(desired);
        rejected.put(
                pending,
                new Rejection(Rejection.Reason.POLICY_TOO_LARGE, "cannot be granted: " + why.detail()).of("resources"));
    }

    private static Rejection mismatch(LinkedRole known, RoleEvent event) {
        return new Rejection(
                        Rejection.Reason.INSTANCE_MISMATCH,
                        "is " + event.instance() + ", but this instance id is recorded as " + known.instance())
                .of("instanceArn");
    }

    private RoleRecord before(LinkedRole role) {
        return found.orElseGet(() -> RoleRecord.blank(role.instance()));
    }

    /** Returns the record that the decisions were made on. */
    RoleRecord before() {
        return found.or(() -> state.map(role -> RoleRecord.blank(role.instance())))
                .orElseThrow(() -> new IllegalStateException("nothing was decided on"));
    }

    /** Returns the events to be recorded, in their order. */
    Map<PendingEvent, DecidedEvent> accepted() {
        return accepted;
    }

    Map<PendingEvent, Rejection> rejected() {
        return rejected;
    }

    /** Returns the duplicates within the batch. Each gets the result of the first one. */
    List<PendingEvent> duplicates() {
        return duplicates;
    }

    /** Returns the events that do not fit into the same transaction. */
    List<PendingEvent> left() {
        return left;
    }

    /** Returns the role that would have been too large, if an event was rejected for that. */
    Optional<DesiredRole.Present> tooLarge() {
        return tooLarge;
    }

    /** True if the events change the state. */
    boolean change() {
        return accepted.values().stream()
                .anyMatch(decided -> decided.decision().effect() != Decision.Effect.SUPERSEDED);
    }

    /** Returns the state that the events lead to. */
    LinkedRole after() {
        return state.orElseThrow(() -> new IllegalStateException("nothing was decided on"));
    }
}
