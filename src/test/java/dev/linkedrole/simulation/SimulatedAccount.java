package dev.linkedrole.simulation;

import dev.linkedrole.iam.AccountAccess;
import dev.linkedrole.iam.Accounts;
import dev.linkedrole.role.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** The one account that all roles live in. */
record SimulatedAccount(AccountAccess access) implements Accounts {

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
