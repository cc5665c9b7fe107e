package dev.linkedrole.testing;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.AwsCensus;
import dev.linkedrole.iam.AwsPolicyDocuments;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** One way to IAM for the instances of all accounts. */
public record OneAccount(AccountAccess access) implements Accounts {

    /** One whose roles can all be had at once, from the local AWS. */
    public static OneAccount local(RoleGateway gateway) {
        return new OneAccount(new AccountAccess(gateway, localPolicies(), Optional.of(new AwsCensus(Clients.IAM))));
    }

    /** The managed policies that the local AWS has. */
    static AwsPolicyDocuments localPolicies() {
        return new AwsPolicyDocuments(Clients.IAM, Retry.inRealTime());
    }

    @Override
    public <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work) {
        return Uni.createFrom().deferred(() -> work.apply(access));
    }

    @Override
    public Optional<String> objection(InstanceArn instance) {
        return Optional.empty();
    }

    @Override
    public boolean stalled(InstanceArn instance) {
        return false;
    }
}
