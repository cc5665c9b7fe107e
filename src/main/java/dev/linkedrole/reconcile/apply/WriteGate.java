package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Decides whether anything may be written to the role of an instance now. */
public interface WriteGate {

    /** Gate that is always open. */
    WriteGate OPEN = instance -> Uni.createFrom().item(Optional.empty());

    /** Returns the condition that closes the gate to this role; fails if that is not known. */
    Uni<Optional<Condition>> closed(InstanceArn instance);

    /**
     * Returns the condition that allows only reading the role, once a step would be carried out.
     *
     * @param step the step, as an order
     */
    default Optional<Condition> readOnly(String step) {
        return Optional.empty();
    }
}
