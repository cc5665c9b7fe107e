package dev.linkedrole.iam;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** Gateway that forwards every call to another one; subclasses override some of them. */
public abstract class ForwardingGateway implements RoleGateway {

    private final RoleGateway gateway;

    protected ForwardingGateway(RoleGateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return gateway.read(name);
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return gateway.tags(name);
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return gateway.policy(policyArn);
    }

    @Override
    public Uni<RoleFingerprint> obstacles(RoleName name) {
        return gateway.obstacles(name);
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return gateway.carryOut(name, step);
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return gateway.find(likely, path, suffix);
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return gateway.beginDeletion(name);
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return gateway.deletion(task);
    }
}
