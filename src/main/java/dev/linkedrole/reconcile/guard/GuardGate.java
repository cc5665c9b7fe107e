package dev.linkedrole.reconcile.guard;

import dev.linkedrole.reconcile.apply.WriteGate;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Gate that nothing passes before the accepted settings are read: a role may have been compiled without them. */
public final class GuardGate implements WriteGate {

    private final SettingsGuard guard;
    private final WriteGate gate;

    /** @param gate the gate behind this one */
    public GuardGate(SettingsGuard guard, WriteGate gate) {
        this.guard = guard;
        this.gate = gate;
    }

    @Override
    public Uni<Optional<Condition>> closed(InstanceArn instance) {
        return guard.isRead()
                ? gate.closed(instance)
                : guard.read().chain(() -> Uni.createFrom().failure(new SettingsNotReadException()));
    }

    @Override
    public Optional<Condition> readOnly(String step) {
        return gate.readOnly(step);
    }
}
