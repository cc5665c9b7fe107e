package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Gateway to a role that IAM is known to protect: it fails calls that IAM would reject, with the recorded condition.
 */
final class ProtectedGateway extends ForwardingGateway {

    private final Condition known;

    ProtectedGateway(RoleGateway gateway, Condition known) {
        super(gateway);
        this.known = known;
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return PlanProgress.isForEverybody(step)
                ? super.carryOut(name, step)
                : Uni.createFrom().failure(new BlockedException(known.type(), known.detail()));
    }
}
