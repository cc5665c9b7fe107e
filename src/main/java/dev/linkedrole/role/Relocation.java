package dev.linkedrole.role;

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
final class Relocation {

    private static final int MOVES_PER_POLICY = 4;

    private final SortedMap<Home, SortedSet<Allowance>> now = new TreeMap<>();
    private final Map<Home, SortedSet<Allowance>> then;
    private final int managed;
    private final List<Move> moves = new ArrayList<>();
    private final Map<StatementTemplate, Integer> heads = new HashMap<>();

    private Relocation(Placement known, Map<Home, SortedSet<Allowance>> then, int managed) {
        this.then = then;
        this.managed = managed;
        then.values().stream()
                .flatMap(Collection::stream)
                .forEach(allowance -> known.homesOf(allowance)
                        .forEach(home ->
                                now.computeIfAbsent(home, h -> new TreeSet<>()).add(allowance)));
    }

    /**
     * From where everything is known to be to where it has to be. What only loses what nobody needs any more is not among the
     * moves.
     *
     * @param managed how many managed policies there may be on the way
     * @return empty if there is no such order, or none of a few moves for each policy: a grant is not worth more than that
     */
    static Optional<List<Move>> of(Placement known, Map<Home, SortedSet<Allowance>> then, int managed) {
        Relocation relocation = new Relocation(known, then, managed);
        while (!relocation.pending().isEmpty()) {
            boolean tooMany = relocation.moves.size() >= MOVES_PER_POLICY * (managed + 1);
            if (tooMany || !relocation.step()) {
                return Optional.empty();
            }
        }
        return Optional.of(relocation.moves);
    }

    private List<Home> pending() {
        SortedSet<Home> homes = new TreeSet<>(now.keySet());
        homes.addAll(then.keySet());
        return homes.stream()
                .filter(home -> !now(home).equals(then(home)))
                // What grows goes before what is given up.
                .sorted(Comparator.comparing((Home home) -> then(home).isEmpty()))
                .toList();
    }

    private boolean step() {
        List<Home> pending = pending();
        Optional<Home> free = pending.stream().filter(this::isFree).findFirst();
        if (free.isPresent()) {
            write(free.get(), then(free.get()));
            return true;
        }
        return pending.stream().anyMatch(this::holdTwice) || waitElsewhere(pending);
    }

    /** A policy may be written once nothing of what is to stay is in it alone, and taken away once all of that is in place. */
    private boolean isFree(Home home) {
        return then(home).isEmpty() ? inPlace(now(home)) : leaving(home).isEmpty();
    }

    private boolean inPlace(SortedSet<Allowance> allowances) {
        return allowances.stream()
                .allMatch(allowance -> then.entrySet().stream()
                        .filter(home -> home.getValue().contains(allowance))
                        .allMatch(home -> now(home.getKey()).contains(allowance)));
    }

    /** What it holds nobody else holds now, and is to be somewhere else then. */
    private SortedSet<Allowance> leaving(Home home) {
        SortedSet<Allowance> leaving = new TreeSet<>(now(home));
        leaving.removeAll(then(home));
        now.forEach((other, content) -> {
            if (!other.equals(home)) {
                leaving.removeAll(content);
            }
        });
        return leaving;
    }

    /** Gives a policy as much as it takes of what it is to have, without taking anything from it that has not found its place. */
    private boolean holdTwice(Home home) {
        SortedSet<Allowance> content = new TreeSet<>(now(home));
        content.retainAll(then(home));
        content.addAll(leaving(home));
        int before = content.size();
        SortedSet<Allowance> missing = new TreeSet<>(then(home));
        missing.removeAll(now(home));
        fill(content, missing, home);
        if (content.size() == before) {
            return false;
        }
        write(home, content);
        return true;
    }

    /** Puts as much as fits of what is in the way into a policy that is not used otherwise. */
    private boolean waitElsewhere(List<Home> pending) {
        Optional<Home> spare = Home.all(managed)
                .filter(home -> !home.isInline())
                .filter(home -> now(home).isEmpty() && then(home).isEmpty())
                .findFirst();
        Optional<Home> fewest = pending.stream()
                .filter(home -> !then(home).isEmpty())
                .min(Comparator.comparingInt((Home home) -> leaving(home).size())
                        .thenComparing(home -> home));
        if (spare.isEmpty() || fewest.isEmpty()) {
            return false;
        }
        SortedSet<Allowance> waiting = new TreeSet<>();
        fill(waiting, leaving(fewest.get()), spare.get());
        write(spare.get(), waiting);
        return true;
    }

    private void fill(SortedSet<Allowance> content, SortedSet<Allowance> more, Home home) {
        PolicyLength length = new PolicyLength(heads);
        content.forEach(length::add);
        for (Allowance allowance : more) {
            if (length.with(List.of(allowance)) <= home.limit()) {
                content.add(allowance);
                length.add(allowance);
            }
        }
    }

    private void write(Home home, SortedSet<Allowance> content) {
        now.put(home, new TreeSet<>(content));
        moves.add(new Move(home, content));
    }

    private SortedSet<Allowance> now(Home home) {
        return now.getOrDefault(home, new TreeSet<>());
    }

    private SortedSet<Allowance> then(Home home) {
        return then.getOrDefault(home, new TreeSet<>());
    }
}
