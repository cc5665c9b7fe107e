package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/**
 * The accounts that roles live in: each role is in its instance's account. A failure in one account does not affect the
 * others.
 */
public interface Accounts {

    /**
     * Runs work in an instance's account, with the credentials that are valid there.
     *
     * @return fails with an {@link IamCallException}, without starting the work, if the account cannot be accessed
     *     ({@link IamCallException.Kind#UNREACHABLE}) or its circuit breaker is open
     */
    <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work);

    /**
     * Runs work that concerns all roles of an account.
     *
     * @param any one of the instances in the account
     * @return fails as {@link #in} does
     */
    default <T> Uni<T> inAccountOf(InstanceArn any, Function<AccountAccess, Uni<T>> work) {
        return in(any, work);
    }

    /**
     * Reason why no role of an instance can ever be changed from here, as a clause that follows its ARN; empty if it
     * can.
     */
    Optional<String> objection(InstanceArn instance);

    /** True if a call to an instance's account is in progress and no answer has come for a while. */
    boolean stalled(InstanceArn instance);
}
