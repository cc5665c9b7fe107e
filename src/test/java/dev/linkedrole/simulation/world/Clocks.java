package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clocks of the machines on which replicas start, another machine each time. In half of all seeds the clocks are
 * close together, as synchronized clocks are. In the others they are hours apart, and some are corrected at some time.
 */
final class Clocks {

    private static final Duration CLOSE = Duration.ofMillis(500);
    private static final Duration FAR = Duration.ofHours(6);

    /** Latest time at which a clock is corrected. */
    private static final Duration LATEST = Duration.ofMinutes(30);

    /** Random numbers of the clocks alone, so that they change no other decision of a seed. */
    private final Randomness chance;

    private final VirtualTime time;
    private final boolean apart;
    private final boolean exact;

    /** @param exact true if all clocks are right */
    Clocks(long seed, VirtualTime time, boolean exact) {
        this.exact = exact;
        this.chance = new Randomness(~seed);
        this.time = time;
        this.apart = chance.hits(0.5);
    }

    /** Returns the clock of another machine. */
    InstantSource any() {
        if (exact) {
            return time;
        }
        Duration close = chance.between(CLOSE.negated(), CLOSE);
        Duration wrong = apart ? chance.between(FAR.negated(), FAR) : close;
        Instant setRight =
                chance.hits(0.3) ? VirtualTime.START.plus(chance.between(Duration.ZERO, LATEST)) : Instant.MAX;
        return () -> {
            Instant now = time.instant();
            return now.plus(now.isBefore(setRight) ? wrong : close);
        };
    }
}
