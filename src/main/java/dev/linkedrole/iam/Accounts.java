package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.function.Function;

/** The accounts that roles live in: each role in its instance's own. What goes wrong in one of them stays there. */
public interface Accounts {

    /**
     * Does something in an instance's account, with whatever credentials are good for that.
     *
     * @return fails with an {@link IamCallException}, without the work being begun, if there is no way into the account
     *     ({@link IamCallException.Kind#UNREACHABLE}) or if it has failed so much lately that it is left alone for a while
     */
    <T> Uni<T> in(InstanceArn instance, Function<AccountAccess, Uni<T>> work);

    /**
     * Does something that concerns all roles of an account, and none of them more than another.
     *
     * @param any one of the instances in the account
     * @return fails as {@link #in} does
     */
    default <T> Uni<T> inAccountOf(InstanceArn any, Function<AccountAccess, Uni<T>> work) {
        return in(any, work);
    }

    /** Why nothing can ever be done for an instance from here, as what follows its ARN in a sentence; empty if it can. */
    Optional<String> objection(InstanceArn instance);

    /** True if a call to an instance's account is in progress and nothing has come back for a while. */
    boolean stalled(InstanceArn instance);
}
