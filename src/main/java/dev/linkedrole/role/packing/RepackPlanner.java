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
 * The order in which policies are written so that nothing that is to stay is ever missing: what moves is in its new place
 * before it leaves the old one. Where policies are full of what each other waits for, some of it is held twice for a while, or
 * waits in a policy of its own.
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
     * From where everything is known to be to where it has to be. What only loses what nobody needs any more is not among the
     * moves.
     *
     * @param managed maximum number of managed policies on the way
     * @return empty if there is no such order, or none of a few moves for each policy: a grant is not worth more than that
     */
    static Optional<List<RepackStep>> of(
            Placement known, Map<PolicySlot, SortedSet<StatementOnResource>> then, int managed) {
        RepackPlanner relocation = new RepackPlanner(known, then, managed);
        while (!relocation.pending().isEmpty()) {
            boolean tooMany = relocation.moves.size() >= MOVES_PER_POLICY * (managed + 1);
            if (tooMany || !relocation.step()) {
                return Optional.empty();
            }
        }
        return Optional.of(relocation.moves);
    }

    private List<PolicySlot> pending() {
        SortedSet<PolicySlot> slots = new TreeSet<>(now.keySet());
        slots.addAll(then.keySet());
        return slots.stream()
                .filter(slot -> !now(slot).equals(then(slot)))
                // What grows goes before what is given up.
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
        return pending.stream().anyMatch(this::holdTwice) || waitElsewhere(pending);
    }

    /** A policy may be written once nothing of what is to stay is in it alone, and revoked once all of that is in place. */
    private boolean isFree(PolicySlot slot) {
        return then(slot).isEmpty() ? inPlace(now(slot)) : leaving(slot).isEmpty();
    }

    private boolean inPlace(SortedSet<StatementOnResource> entries) {
        return entries.stream()
                .allMatch(entry -> then.entrySet().stream()
                        .filter(slot -> slot.getValue().contains(entry))
                        .allMatch(slot -> now(slot.getKey()).contains(entry)));
    }

    /** Statements that only this policy holds now, and that another policy is to hold then. */
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

    /** Gives a policy as much as it takes of what it is to have, without taking anything from it that has not found its place. */
    private boolean holdTwice(PolicySlot slot) {
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

    /** Puts as much as fits of what is in the way into a policy that is not used otherwise. */
    private boolean waitElsewhere(List<PolicySlot> pending) {
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
