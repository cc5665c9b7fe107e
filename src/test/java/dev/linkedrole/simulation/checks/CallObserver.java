package dev.linkedrole.simulation.checks;

import dev.linkedrole.simulation.world.CrashingProcess;
import dev.linkedrole.simulation.world.ModelService;

/** Observer of the effects of calls. */
public interface CallObserver {

    /** Called when a call has taken effect, whether or not its answer arrives. */
    void tookEffect(CrashingProcess process, ModelService service, String operation);
}
