package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.AccountRoles;
import dev.linkedrole.iam.AssumableRole;
import dev.linkedrole.iam.AwsAccount;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Choice of the credentials for an account: the controller's own, or those of a role that it assumes. Only at an
 * endpoint that is not AWS's own, and with no account configured, the controller's credentials count as valid for every
 * account.
 */
final class RoleChoice {

    private final AccountRoles roles;
    private final CallerIdentity own;

    RoleChoice(AccountRoles roles, CallerIdentity own) {
        this.roles = roles;
        this.own = own;
    }

    /**
     * Returns the role to assume in an account; empty if the controller's own credentials are the ones to use.
     *
     * @param subject the account, or what is in it, for messages
     * @return fails with an {@link IamCallException}, of kind {@link Kind#UNREACHABLE} if there is no such role
     */
    Uni<Optional<AssumableRole>> roleFor(AwsAccount account, Object subject) {
        Optional<String> objection = own.objection(account.partition());
        if (objection.isPresent()) {
            return unreachable(subject + " " + objection.get());
        }
        Optional<AssumableRole> named = roles.named(account);
        if (named.isPresent()) {
            return checked(named.get(), account, subject);
        }
        if (roles.none() && !own.isOfAws()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return own.account()
                .flatMap(mine -> mine.equals(account.id())
                        ? Uni.createFrom().item(Optional.empty())
                        : byDefault(account, subject, mine));
    }

    private Uni<Optional<AssumableRole>> byDefault(AwsAccount account, Object subject, String ownAccount) {
        return roles.byDefault(account)
                .map(role -> checked(role, account, subject))
                .orElseGet(() -> unreachable("this controller has credentials for the account " + ownAccount
                        + " only: set linked-role.accounts." + account.id()
                        + ".role to a role there that it may assume, or linked-role.accounts." + AccountRoles.DEFAULT
                        + ".role to the pattern of such roles"));
    }

    private static Uni<Optional<AssumableRole>> checked(AssumableRole role, AwsAccount account, Object subject) {
        return role.isIn(account)
                ? Uni.createFrom().item(Optional.of(role))
                : unreachable(
                        "the role to assume, " + role.arn() + ", is in another account or partition than " + subject);
    }

    private static <T> Uni<T> unreachable(String why) {
        return Uni.createFrom().failure(new IamCallException(Kind.UNREACHABLE, why));
    }
}
