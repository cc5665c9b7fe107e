package dev.linkedrole.reconcile;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** A way to IAM in the hands of a replica that dies. */
record MortalGateway(RoleGateway gateway, Mortality mortality) implements RoleGateway {

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return mortality.live(() -> gateway.read(name));
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return mortality.live(() -> gateway.tags(name));
    }

    @Override
    public Uni<Footprint> obstacles(RoleName name) {
        return mortality.live(() -> gateway.obstacles(name));
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return mortality.live(() -> gateway.carryOut(name, step));
    }
}
