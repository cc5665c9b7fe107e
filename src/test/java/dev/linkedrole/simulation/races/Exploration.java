package dev.linkedrole.simulation.races;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Goes every way that there is, depth first, beginning again for each. Where a way comes to a state that another one came to before, it is not followed any
 * further: from there on everything has been gone already. That is sound as long as a state says all on which depends what can follow from it.
 */
public final class Exploration {

    private final Choices choices = new Choices();

    /** The number of paths from each state. */
    private final Map<Object, Long> ways = new HashMap<>();

    /** The states that the present way has come through. */
    private final List<Visit> path = new ArrayList<>();

    private long contribution;

    private record Visit(int choices, Object state) {}

    /**
     * The extent of the exploration.
     *
     * @param schedules how many ways there are
     * @param states how many different states they come through
     */
    record Extent(long schedules, int states) {}

    /** Goes all ways. */
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

    /** Chooses one of so many options. */
    int among(int options) {
        return options == 1 ? 0 : choices.among(options);
    }

    /**
     * Says where the present way has come to.
     *
     * @param now a state, equal to another one only if the same can follow from both
     * @return whether all that can follow was seen already
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
