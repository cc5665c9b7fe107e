package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Planner of the order in which policies are written so that no permission is missing at any time: a statement that
 * moves is in its new policy before it leaves the old one. If full policies wait for each other, statements are in two
 * policies for a while, or wait in an unused policy.
 */
final class RepackPlanner {

    private static final int MOVES_PER_POLICY = 4;

    private final SortedMap<PolicySlot, SortedSet<StatementOnResource>> now = new TreeMap<>();
    private final Map<PolicySlot, SortedSet<StatementOnResource>> then;
    private final int managed;
    private final List<RepackStep> moves = new ArrayList<>();
    private final Map<StatementTemplate, Integer> heads = new HashMap<>();

    private RepackPlanner(Placement known, Map<PolicySlot, SortedSet<StatementOnResource>> then, int managed) {
        this.then = then;
        this.managed = managed;
        then.values().stream()
                .flatMap(Collection::stream)
                .forEach(entry -> known.slotsOf(entry)
                        .forEach(slot ->
                                now.computeIfAbsent(slot, h -> new TreeSet<>()).add(entry)));
    }

    /**
     * Plans the moves from the known placement to the desired one. Policies that only lose undesired statements are not
     * among the moves.
     *
     * @param managed maximum number of managed policies on the way
     * @return empty if no such order is found within a few moves for each policy; more would cost too much for a grant
     */
    static Optional<List<RepackStep>> of(
            Placement known, Map<PolicySlot, SortedSet<StatementOnResource>> then, int managed) {
        RepackPlanner planner = new RepackPlanner(known, then, managed);
        while (!planner.pending().isEmpty()) {
            boolean tooMany = planner.moves.size() >= MOVES_PER_POLICY * (managed + 1);
            if (tooMany || !planner.step()) {
                return Optional.empty();
            }
        }
        return Optional.of(planner.moves);
    }

    private List<PolicySlot> pending() {
        SortedSet<PolicySlot> slots = new TreeSet<>(now.keySet());
        slots.addAll(then.keySet());
        return slots.stream()
                .filter(slot -> !now(slot).equals(then(slot)))
                // Policies that are used go before those that are given up.
                .sorted(Comparator.comparing((PolicySlot slot) -> then(slot).isEmpty()))
                .toList();
    }

    private boolean step() {
        List<PolicySlot> pending = pending();
        Optional<PolicySlot> free = pending.stream().filter(this::isFree).findFirst();
        if (free.isPresent()) {
            write(free.get(), then(free.get()));
            return true;
        }
        return pending.stream().anyMatch(this::duplicate) || moveAside(pending);
    }

    /**
     * True if a policy can be written in its final form, since no statement would be missing then; or revoked, since
     * all its statements are elsewhere.
     */
    private boolean isFree(PolicySlot slot) {
        return then(slot).isEmpty() ? inPlace(now(slot)) : leaving(slot).isEmpty();
    }

    private boolean inPlace(SortedSet<StatementOnResource> entries) {
        return entries.stream()
                .allMatch(entry -> then.entrySet().stream()
                        .filter(slot -> slot.getValue().contains(entry))
                        .allMatch(slot -> now(slot.getKey()).contains(entry)));
    }

    /** Returns the statements that only this policy has now, and that it is not to have. */
    private SortedSet<StatementOnResource> leaving(PolicySlot slot) {
        SortedSet<StatementOnResource> leaving = new TreeSet<>(now(slot));
        leaving.removeAll(then(slot));
        now.forEach((other, content) -> {
            if (!other.equals(slot)) {
                leaving.removeAll(content);
            }
        });
        return leaving;
    }

    /**
     * Adds as much of a policy's final content as fits, while statements stay in it that are not placed elsewhere yet.
     */
    private boolean duplicate(PolicySlot slot) {
        SortedSet<StatementOnResource> content = new TreeSet<>(now(slot));
        content.retainAll(then(slot));
        content.addAll(leaving(slot));
        int before = content.size();
        SortedSet<StatementOnResource> missing = new TreeSet<>(then(slot));
        missing.removeAll(now(slot));
        fill(content, missing, slot);
        if (content.size() == before) {
            return false;
        }
        write(slot, content);
        return true;
    }

    /** Moves statements that block others into an unused policy, as many as fit. */
    private boolean moveAside(List<PolicySlot> pending) {
        Optional<PolicySlot> spare = PolicySlot.all(managed)
                .filter(slot -> !slot.isInline())
                .filter(slot -> now(slot).isEmpty() && then(slot).isEmpty())
                .findFirst();
        Optional<PolicySlot> fewest = pending.stream()
                .filter(slot -> !then(slot).isEmpty())
                .min(Comparator.comparingInt((PolicySlot slot) -> leaving(slot).size())
                        .thenComparing(slot -> slot));
        if (spare.isEmpty() || fewest.isEmpty()) {
            return false;
        }
        SortedSet<StatementOnResource> waiting = new TreeSet<>();
        fill(waiting, leaving(fewest.get()), spare.get());
        write(spare.get(), waiting);
        return true;
    }

    private void fill(SortedSet<StatementOnResource> content, SortedSet<StatementOnResource> more, PolicySlot slot) {
        PolicyLength length = new PolicyLength(heads);
        content.forEach(length::add);
        for (StatementOnResource entry : more) {
            if (length.with(List.of(entry)) <= slot.limit()) {
                content.add(entry);
                length.add(entry);
            }
        }
    }

    private void write(PolicySlot slot, SortedSet<StatementOnResource> content) {
        now.put(slot, new TreeSet<>(content));
        moves.add(new RepackStep(slot, content));
    }

    private SortedSet<StatementOnResource> now(PolicySlot slot) {
        return now.getOrDefault(slot, new TreeSet<>());
    }

    private SortedSet<StatementOnResource> then(PolicySlot slot) {
        return then.getOrDefault(slot, new TreeSet<>());
    }
}
