package dev.linkedrole.reconcile;

import dev.linkedrole.iam.Deletion;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.ManagedPolicy;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/** The way to a role that IAM is known to protect: what it would refuse is not asked for, and stays as the condition says. */
record ProtectedGateway(RoleGateway gateway, Condition known) implements RoleGateway {

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return isForEverybody(step)
                ? gateway.carryOut(name, step)
                : Uni.createFrom().failure(new HeldException(known.type(), known.detail()));
    }

    /** What IAM lets one do to a service-linked role, too. */
    private static boolean isForEverybody(Step step) {
        return step instanceof Step.CreateRole || step instanceof Step.PutTags || step instanceof Step.PutDescription;
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
    public Uni<Footprint> obstacles(RoleName name) {
        return gateway.obstacles(name);
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
    public Uni<Deletion> deletion(String task) {
        return gateway.deletion(task);
    }
}
