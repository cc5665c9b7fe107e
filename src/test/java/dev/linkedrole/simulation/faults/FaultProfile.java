package dev.linkedrole.simulation.faults;

import dev.linkedrole.simulation.world.Randomness;
import java.time.Duration;

/**
 * The faults of a simulation and their frequency. Each seed has a profile of its own, in which some faults are frequent
 * and others never happen: a defect is found soonest if no other fault hides it.
 *
 * @param slow probability that a request or an answer takes seconds
 * @param lost probability that a request never arrives
 * @param unheard probability that an answer never arrives, although the call took effect
 * @param late probability that a request takes effect long after its caller gave up
 * @param faulty probability of a server error
 * @param throttled probability of a throttling error
 * @param crashBefore probability that a process dies before a call
 * @param crashAfter probability that a process dies after a call has taken effect, and before its answer
 * @param twice probability that a message is delivered to two receivers at once, or is sent twice
 * @param outages number of outages of a service
 * @param edits number of manual changes to roles
 * @param iamLag maximum age of reads of IAM
 * @param iamRate number of calls a second that IAM accepts; 0 for no limit
 * @param changing time for which a change of a role excludes another one
 * @param indexLag maximum age of the ledger's indexes
 * @param resync true if there is a resync. Without it a role has to become right by its messages alone, which is
 *     promised only without late requests, manual edits, and messages with two receivers at once
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

    /** Returns the profile without faults. */
    public FaultProfile cleared() {
        return new FaultProfile(
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, resync);
    }

    /** Returns the profile with a resync. */
    public FaultProfile resyncing() {
        return new FaultProfile(
                slow,
                lost,
                unheard,
                late,
                faulty,
                throttled,
                crashBefore,
                crashAfter,
                twice,
                outages,
                edits,
                iamLag,
                iamRate,
                changing,
                indexLag,
                true);
    }

    /** True if every call is answered soon. */
    public boolean calm() {
        return slow + lost + unheard + late == 0;
    }
}
