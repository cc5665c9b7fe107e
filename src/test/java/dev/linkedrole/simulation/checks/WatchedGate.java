package dev.linkedrole.simulation.checks;

import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.simulation.world.CrashingProcess;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Gate that notes who asks it. */
public record WatchedGate(WriteGate gate, CrashingProcess process) implements WriteGate {

    @Override
    public Uni<Optional<Condition>> closed(InstanceArn instance) {
        process.askGate();
        return gate.closed(instance);
    }

    @Override
    public Optional<Condition> readOnly(String step) {
        return gate.readOnly(step);
    }
}
