package dev.linkedrole.reconcile;

import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** Gateway to IAM of a replica that dies. */
public record CrashingGateway(RoleGateway gateway, CrashPlan mortality) implements RoleGateway {

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return mortality.live(() -> gateway.read(name));
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return mortality.live(() -> gateway.tags(name));
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return mortality.live(() -> gateway.policy(policyArn));
    }

    @Override
    public Uni<RoleFingerprint> obstacles(RoleName name) {
        return mortality.live(() -> gateway.obstacles(name));
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return mortality.live(() -> gateway.carryOut(name, step));
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return mortality.live(() -> gateway.find(likely, path, suffix));
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return mortality.live(() -> gateway.beginDeletion(name));
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return mortality.live(() -> gateway.deletion(task));
    }
}
