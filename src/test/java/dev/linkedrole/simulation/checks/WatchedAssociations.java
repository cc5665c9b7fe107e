package dev.linkedrole.simulation.checks;

import dev.linkedrole.ledger.Associations;
import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.simulation.world.CrashingProcess;
import io.smallrye.mutiny.Uni;

/** Associations that add each call to the trace. */
public record WatchedAssociations(Associations associations, CrashingProcess process) implements Associations {

    @Override
    public Uni<Association> join(InstanceId instance, String id, Association known) {
        String purpose = process.tell(instance.hex());
        return Uni.createFrom().deferred(() -> {
            process.setPurpose(purpose);
            return associations.join(instance, id, known);
        });
    }
}
