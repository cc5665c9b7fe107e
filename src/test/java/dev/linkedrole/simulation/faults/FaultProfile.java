package dev.linkedrole.simulation.faults;

import dev.linkedrole.simulation.world.Randomness;
import java.time.Duration;

/**
 * The faults of a simulation and their frequency. Each seed has a profile of its own, in which some faults are frequent and others never
 * happen: a fault is found soonest where no other one hides it.
 *
 * @param slow how likely a request or an answer takes seconds
 * @param lost how likely a request never arrives
 * @param unheard how likely an answer never arrives, although the call took effect
 * @param late how likely a request takes effect long after everybody gave up on it
 * @param faulty how likely a service answers that it is ill
 * @param throttled how likely a service answers that it is called too often
 * @param crashBefore how likely a process dies before a call
 * @param crashAfter how likely it dies once a call has taken effect, and before it hears of it
 * @param twice how likely a message is delivered to two at once, or is sent twice
 * @param outages how many times a service is down for a while
 * @param edits number of manual changes to roles
 * @param iamLag how far behind reads of IAM may be
 * @param iamRate how many calls a second IAM takes; 0 for any number
 * @param changing how long a change of a role keeps out another
 * @param indexLag how far behind the ledger's indexes may be
 * @param resync whether there is a resync. Without it a role has to become right by its messages alone, which is promised as
 *     long as nothing takes effect late, no roles are edited by hand, and no message has two receivers at once
 */
public record FaultProfile(
        double slow,
        double lost,
        double unheard,
        double late,
        double faulty,
        double throttled,
        double crashBefore,
        double crashAfter,
        double twice,
        int outages,
        int edits,
        Duration iamLag,
        int iamRate,
        Duration changing,
        Duration indexLag,
        boolean resync) {

    private static final Duration SIMULTANEOUS = Duration.ofMillis(30);

    public static FaultProfile of(Randomness chance) {
        boolean resync = chance.hits(0.6);
        return new FaultProfile(
                chance.upTo(0.2),
                chance.upTo(0.05),
                chance.upTo(0.05),
                resync ? chance.upTo(0.05) : 0,
                chance.upTo(0.1),
                chance.upTo(0.2),
                chance.upTo(0.03),
                chance.upTo(0.05),
                resync ? chance.upTo(0.3) : 0,
                chance.below(2) * chance.below(4),
                resync ? chance.below(2) * chance.below(6) : 0,
                resync && chance.hits(0.5) ? chance.between(Duration.ZERO, Duration.ofSeconds(8)) : Duration.ZERO,
                chance.below(2) * (2 + chance.below(20)),
                chance.below(2) == 0 ? Duration.ZERO : SIMULTANEOUS,
                chance.hits(0.5) ? chance.between(Duration.ZERO, Duration.ofSeconds(20)) : Duration.ZERO,
                resync);
    }

    /** The same world with nothing going wrong in it any more. */
    public FaultProfile cleared() {
        return new FaultProfile(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, resync);
    }

    /** True if every call is answered, and soon. */
    public boolean calm() {
        return slow + lost + unheard + late == 0;
    }
}
