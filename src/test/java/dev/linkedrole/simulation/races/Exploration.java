package dev.linkedrole.simulation.races;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Exploration of all paths, depth first, each from the beginning. A path that reaches a state which another path
 * reached before is not followed further, since all its continuations were explored. That is correct as long as the
 * state includes everything on which the continuations depend.
 */
public final class Exploration {

    private final Choices choices = new Choices();

    /** The number of paths from each state. */
    private final Map<Object, Long> ways = new HashMap<>();

    /** The states on the present path. */
    private final List<Visit> path = new ArrayList<>();

    private long contribution;

    private record Visit(int choices, Object state) {}

    /**
     * The extent of the exploration.
     *
     * @param schedules number of paths
     * @param states number of distinct states on them
     */
    record Extent(long schedules, int states) {}

    /** Explores all paths. */
    public static Extent of(Consumer<Exploration> way) {
        Exploration exploration = new Exploration();
        exploration.go(way);
        return new Extent(
                exploration.ways.getOrDefault(exploration.path.getFirst().state(), 0L), exploration.ways.size());
    }

    private void go(Consumer<Exploration> way) {
        boolean more = true;
        while (more) {
            contribution = 1;
            way.accept(this);
            path.forEach(visit -> ways.merge(visit.state(), contribution, Long::sum));
            more = choices.advance();
            int made = choices.made();
            if (more) {
                path.removeIf(visit -> visit.choices() >= made);
            }
        }
    }

    /** Chooses one of a number of options. */
    int among(int options) {
        return options == 1 ? 0 : choices.among(options);
    }

    /**
     * Reports the state that the present path has reached.
     *
     * @param now supplies the state; two states may be equal only if they have the same continuations
     * @return true if all continuations were explored already
     */
    boolean hasSeen(Supplier<Object> now) {
        if (choices.areRepeated()) {
            return false;
        }
        Object state = now.get();
        Long known = ways.putIfAbsent(state, 0L);
        if (known == null) {
            path.add(new Visit(choices.soFar(), state));
            return false;
        }
        contribution = known;
        return true;
    }
}
