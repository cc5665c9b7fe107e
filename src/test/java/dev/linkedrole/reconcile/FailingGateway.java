package dev.linkedrole.reconcile;

import dev.linkedrole.iam.ForwardingGateway;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.state.ActualRole;
import io.smallrye.mutiny.Uni;

/** Gateway to IAM that fails to read one role. */
public final class FailingGateway extends ForwardingGateway {

    private final RoleName bad;

    public FailingGateway(RoleGateway gateway, RoleName bad) {
        super(gateway);
        this.bad = bad;
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return name.equals(bad)
                ? Uni.createFrom()
                        .failure(new IamCallException(
                                IamCallException.Kind.TRANSIENT, "throttled", new IllegalStateException("throttled")))
                : super.read(name);
    }
}
