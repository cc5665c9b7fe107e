package dev.linkedrole.simulation.world;

import dev.linkedrole.simulation.races.RaceParts;

/** Work of a replica beside the intake and the resync. */
public interface FurtherWork {

    /**
     * Begins the work of a process, which dies with it.
     *
     * @return stops the work in an orderly way
     */
    Runnable begin(CrashingProcess process, Wire wire, RaceParts parts);
}
