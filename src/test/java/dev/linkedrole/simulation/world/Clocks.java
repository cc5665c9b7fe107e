package dev.linkedrole.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clocks of the machines on which replicas are started, each time on another one. In half of all seeds they are close together, as clocks
 * are that somebody keeps. In the others they are hours apart, and some of them are set right at some time.
 */
final class Clocks {

    private static final Duration CLOSE = Duration.ofMillis(500);
    private static final Duration FAR = Duration.ofHours(6);

    /** By then the last of those is set right that ever are. */
    private static final Duration LATEST = Duration.ofMinutes(30);

    /** One of its own: how clocks go changes nothing else that a seed decides. */
    private final Randomness chance;

    private final VirtualTime time;
    private final boolean apart;

    Clocks(long seed, VirtualTime time) {
        this.chance = new Randomness(~seed);
        this.time = time;
        this.apart = chance.hits(0.5);
    }

    /** The clock of another machine. */
    InstantSource any() {
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
