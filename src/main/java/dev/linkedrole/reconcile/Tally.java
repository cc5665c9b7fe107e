package dev.linkedrole.reconcile;

import java.util.EnumMap;
import java.util.Map;

/** How many turns ended how. */
final class Tally {

    private final Map<Turn, Long> turns = new EnumMap<>(Turn.class);

    synchronized void add(Turn turn, long many) {
        if (many > 0) {
            turns.merge(turn, many, Long::sum);
        }
    }

    synchronized Map<Turn, Long> turns() {
        return Map.copyOf(turns);
    }
}
