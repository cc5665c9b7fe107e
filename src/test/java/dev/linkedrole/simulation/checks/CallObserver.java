package dev.linkedrole.simulation.checks;

import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.ModelService;

/** Sees what calls do. */
public interface CallObserver {

    /** A call has taken effect, whether or not its answer arrives. */
    void tookEffect(CrashingProcess process, ModelService service, String operation);
}
