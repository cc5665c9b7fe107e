package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.plan.Step;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gateway that asks the {@link WriteGate} before each write, so that a role is also left alone once it is paused in the
 * middle of a plan.
 */
public final class GatedGateway extends ForwardingGateway {

    private final WriteGate gate;
    private final InstanceArn instance;

    public GatedGateway(RoleGateway gateway, WriteGate gate, InstanceArn instance) {
        super(gateway);
        this.gate = gate;
        this.instance = instance;
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return unlessClosed(step::order, () -> super.carryOut(name, step));
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return unlessClosed(() -> "begin the deletion of the role", () -> super.beginDeletion(name));
    }

    private Uni<Optional<String>> unlessClosed(Supplier<String> step, Supplier<Uni<Optional<String>>> write) {
        return gate.closed(instance)
                .flatMap(closed -> closed.or(() -> gate.readOnly(step.get()))
                        .<Uni<Optional<String>>>map(
                                condition -> Uni.createFrom().failure(new PausedException(condition)))
                        .orElseGet(write));
    }
}
