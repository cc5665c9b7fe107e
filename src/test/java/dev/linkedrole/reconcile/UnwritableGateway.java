package dev.linkedrole.reconcile;

import dev.linkedrole.iam.IamCallException;
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

/** Gateway to an IAM that answers nothing. */
record UnwritableGateway() implements RoleGateway {

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return throttled();
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return throttled();
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return throttled();
    }

    @Override
    public Uni<RoleFingerprint> obstacles(RoleName name) {
        return throttled();
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        return throttled();
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return throttled();
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return throttled();
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return throttled();
    }

    private static <T> Uni<T> throttled() {
        return Uni.createFrom()
                .failure(new IamCallException(
                        IamCallException.Kind.TRANSIENT, "throttled", new IllegalStateException("throttled")));
    }
}
