package dev.linkedrole.reconcile.resync;

import java.util.EnumMap;
import java.util.Map;

/** Counts of resync results. */
final class ResultCounts {

    private final Map<ResyncResult, Long> turns = new EnumMap<>(ResyncResult.class);

    synchronized void add(ResyncResult turn, long many) {
        if (many > 0) {
            turns.merge(turn, many, Long::sum);
        }
    }

    synchronized Map<ResyncResult, Long> turns() {
        return Map.copyOf(turns);
    }
}
