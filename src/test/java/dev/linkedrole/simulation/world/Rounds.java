package dev.linkedrole.simulation.world;

import dev.linkedrole.ledger.Shard;
import dev.linkedrole.simulation.races.RaceParts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rounds of the resync, by the simulation's own time. */
public final class Rounds {

    /**
     * Maximum time between the ends of two rounds: one begins a period after the last one began, and may take as long,
     * even if a process dies in it.
     */
    private static final Duration LONGEST = RaceParts.RESYNC_EVERY.multipliedBy(2);

    private final VirtualTime time;
    private final Map<String, Duration> ended = new HashMap<>();

    Rounds(VirtualTime time) {
        this.time = time;
    }

    /** Notes that a shard was compared. */
    public void end(String shard) {
        ended.put(shard, time.passed());
    }

    /** Lists the shards that were not compared for too long, as sentences. */
    public List<String> missing() {
        return Shard.ALL.stream()
                .map(Shard::digit)
                .filter(shard -> time.passed()
                                .minus(ended.getOrDefault(shard, Duration.ZERO))
                                .compareTo(LONGEST)
                        > 0)
                .map(shard ->
                        "the shard " + shard + " was not compared for more than " + LONGEST.toMinutes() + " minutes")
                .toList();
    }
}
