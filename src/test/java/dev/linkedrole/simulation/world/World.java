package dev.linkedrole.simulation.world;

import dev.linkedrole.simulation.Trace;
import dev.linkedrole.simulation.faults.FaultProfile;
import dev.linkedrole.simulation.faults.Outages;

/** Environment of all processes: time, randomness, fault profile, and trace. */
public final class World {

    public final Randomness chance;
    public final VirtualTime time;
    public final Trace trace;
    public final Outages outages;
    final Clocks clocks;
    private FaultProfile faultProfile;

    public World(long seed, boolean traced) {
        this(seed, traced, false);
    }

    /** @param exactClocks true if all clocks are right */
    public World(long seed, boolean traced, boolean exactClocks) {
        this.chance = new Randomness(seed);
        this.time = new VirtualTime(chance);
        this.trace = new Trace(time, traced);
        this.faultProfile = FaultProfile.of(chance);
        this.outages = new Outages(time);
        this.clocks = new Clocks(seed, time, exactClocks);
    }

    /** Creates a world without faults of its own. */
    static World calm() {
        World world = new World(0, false);
        world.change(world.faultProfile().cleared());
        return world;
    }

    public FaultProfile faultProfile() {
        return faultProfile;
    }

    public void change(FaultProfile other) {
        faultProfile = other;
    }
}
