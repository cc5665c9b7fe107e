package dev.linkedrole.reconcile.resync;

import java.util.EnumMap;
import java.util.Map;

/** Counts of resync results. */
final class ResultCounts {

    private final Map<ResyncResult, Long> counts = new EnumMap<>(ResyncResult.class);

    synchronized void add(ResyncResult result, long many) {
        if (many > 0) {
            counts.merge(result, many, Long::sum);
        }
    }

    synchronized Map<ResyncResult, Long> counts() {
        return Map.copyOf(counts);
    }
}
