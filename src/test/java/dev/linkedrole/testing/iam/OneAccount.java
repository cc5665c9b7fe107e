package dev.linkedrole.testing.iam;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.aws.AwsAccountInventory;
import dev.linkedrole.iam.aws.AwsPolicyDocuments;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.testing.aws.AwsTestClients;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** Access to one account for the instances of all accounts. */
public record OneAccount(AccountAccess access) implements Accounts {

    /** Creates access with an inventory of the local AWS. */
    public static OneAccount local(RoleGateway gateway) {
        return new OneAccount(
                new AccountAccess(gateway, localPolicies(), Optional.of(new AwsAccountInventory(AwsTestClients.IAM))));
    }

    /** Managed policies of the local AWS. */
    public static AwsPolicyDocuments localPolicies() {
        return new AwsPolicyDocuments(AwsTestClients.IAM, Retry.inRealTime());
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
