package dev.linkedrole.iam;

import java.util.Optional;

/**
 * What may be done in one account.
 *
 * @param roles its roles
 * @param policies its managed policies, and AWS's own
 * @param inventory all its roles at once, where there is such a thing
 */
public record AccountAccess(RoleGateway roles, PolicyDocuments policies, Optional<AccountInventory> inventory) {

    /** Where roles can be had one by one only. */
    public AccountAccess(RoleGateway roles, PolicyDocuments policies) {
        this(roles, policies, Optional.empty());
    }
}
