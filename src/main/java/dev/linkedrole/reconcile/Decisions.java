package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.Decided;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.Decision;
import dev.linkedrole.role.EventDigest;
import dev.linkedrole.role.EventId;
import dev.linkedrole.role.Grant;
import dev.linkedrole.role.LinkedRole;
import dev.linkedrole.role.PolicyCompiler;
import dev.linkedrole.role.Refusal;
import dev.linkedrole.role.RoleEvent;
import dev.linkedrole.role.WantedRole;
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
 * What is decided on the events that wait for an instance, one after the other, each on the state that those before it lead to. Whether the
 * role would be too large is asked of the state that all lead to, since IAM never sees those in between; only if it is, each event is asked
 * for itself.
 */
final class Decisions {

    /** Half of the characters that one transaction may have. What is decided is written once to the history, and once to the state. */
    private static final int MOST_CHARACTERS = 2_000_000;

    /** For the names in an item, and what is around them. */
    private static final int ITEM = 1_000;

    private final PolicyCompiler compiler;
    private final Optional<RoleRecord> found;

    private final Map<Waiting, Decided> accepted = new LinkedHashMap<>();
    private final Map<Waiting, Refusal> refused = new LinkedHashMap<>();
    private final List<Waiting> twins = new ArrayList<>();
    private final List<Waiting> left = new ArrayList<>();
    private final Map<EventId, RoleEvent> byId = new HashMap<>();

    private Optional<LinkedRole> state;
    private Optional<WantedRole.Present> tooLarge = Optional.empty();
    private int characters;

    private Decisions(PolicyCompiler compiler, Optional<RoleRecord> found) {
        this.compiler = compiler;
        this.found = found;
        this.state = found.map(RoleRecord::role);
    }

    static Decisions on(Optional<RoleRecord> found, List<Waiting> events, PolicyCompiler compiler) {
        Decisions together = new Decisions(compiler, found);
        events.forEach(event -> together.decide(event, false));
        if (together.fits()) {
            return together;
        }
        Decisions oneByOne = new Decisions(compiler, found);
        events.forEach(event -> oneByOne.decide(event, true));
        return oneByOne;
    }

    private boolean fits() {
        return accepted.values().stream().noneMatch(Decisions::grows)
                || state.flatMap(this::tooLarge).isEmpty();
    }

    private void decide(Waiting waiting, boolean mustFit) {
        RoleEvent event = waiting.event();
        LinkedRole before = state.orElseGet(() -> LinkedRole.unknown(event.instance()));
        RoleEvent first = byId.get(waiting.id());
        if (first != null) {
            decideTwin(waiting, first);
        } else if (!before.instance().equals(event.instance())) {
            refused.put(waiting, mismatch(before, event));
        } else {
            Decided decided = new Decided(event, Decision.of(before, event));
            Optional<WantedRole.Present> tooMuch =
                    mustFit && grows(decided) ? tooLarge(decided.decision().after()) : Optional.empty();
            tooMuch.ifPresentOrElse(wanted -> refuseAsTooLarge(waiting, wanted), () -> accept(waiting, decided));
        }
    }

    private void decideTwin(Waiting waiting, RoleEvent first) {
        if (EventDigest.of(first).equals(EventDigest.of(waiting.event()))) {
            twins.add(waiting);
        } else {
            refused.put(waiting, idReused(waiting.event(), first.time()));
        }
    }

    /** @param recorded when the other event of this id happened */
    static Refusal idReused(RoleEvent event, Instant recorded) {
        return new Refusal(
                        Refusal.Reason.ID_REUSED,
                        "is that of another event from the same source, which happened at " + recorded
                                + "; this one says something else, and happened at " + event.time()
                                + ": each event needs an id of its own")
                .of("id");
    }

    static Refusal recordTooLarge(String detail) {
        return new Refusal(
                        Refusal.Reason.RECORD_TOO_LARGE,
                        "cannot be recorded: what is recorded of the role would be too large, " + detail)
                .of("resources");
    }

    private void accept(Waiting waiting, Decided decided) {
        characters += ITEM
                + characters(decided.decision().granted())
                + Math.max(characters(decided.decision().taken()), characters(disabled(waiting.event())));
        if (!left.isEmpty() || (!accepted.isEmpty() && characters > MOST_CHARACTERS)) {
            left.add(waiting);
            return;
        }
        byId.put(waiting.id(), waiting.event());
        accepted.put(waiting, decided);
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

    private static boolean grows(Decided decided) {
        return decided.event() instanceof RoleEvent.FeatureEnabled
                && decided.decision().effect() != Decision.Effect.SUPERSEDED;
    }

    /** What the role would have to be, if that does not fit. */
    private Optional<WantedRole.Present> tooLarge(LinkedRole role) {
        return Optional.of(Named.compileAnnounced(compiler, before(role), role))
                .filter(wanted -> wanted.charactersOver() > 0);
    }

    private void refuseAsTooLarge(Waiting waiting, WantedRole.Present wanted) {
        tooLarge = Optional.of(wanted);
        HeldException why = Growth.tooLarge(wanted);
        refused.put(
                waiting,
                new Refusal(Refusal.Reason.POLICY_TOO_LARGE, "cannot be granted: " + why.detail()).of("resources"));
    }

    private static Refusal mismatch(LinkedRole known, RoleEvent event) {
        return new Refusal(
                        Refusal.Reason.INSTANCE_MISMATCH,
                        "is " + event.instance() + ", but this instance id is recorded as " + known.instance())
                .of("instanceArn");
    }

    private RoleRecord before(LinkedRole role) {
        return found.orElseGet(() -> RoleRecord.blank(role.instance()));
    }

    /** The record that the decisions were made on. */
    RoleRecord before() {
        return found.or(() -> state.map(role -> RoleRecord.blank(role.instance())))
                .orElseThrow(() -> new IllegalStateException("nothing was decided on"));
    }

    /** The events that are to be recorded, in their order. */
    Map<Waiting, Decided> accepted() {
        return accepted;
    }

    Map<Waiting, Refusal> refused() {
        return refused;
    }

    /** What came twice at once. What becomes of it is what becomes of the first. */
    List<Waiting> twins() {
        return twins;
    }

    /** What does not fit into the same transaction. */
    List<Waiting> left() {
        return left;
    }

    /** A role that would have been too large, if any was refused for that. */
    Optional<WantedRole.Present> tooLarge() {
        return tooLarge;
    }

    /** Whether the events lead to another state than before. */
    boolean change() {
        return accepted.values().stream()
                .anyMatch(decided -> decided.decision().effect() != Decision.Effect.SUPERSEDED);
    }

    /** The state that they lead to. */
    LinkedRole after() {
        return state.orElseThrow(() -> new IllegalStateException("nothing was decided on"));
    }
}
