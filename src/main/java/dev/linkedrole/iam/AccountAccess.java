package dev.linkedrole.iam;

import java.util.Optional;

/**
 * Access to one account: its roles, its policy documents and, if IAM offers one, its inventory.
 *
 * @param roles its roles
 * @param policies its managed policies, and AWS's own
 * @param inventory pages of all its roles; empty if IAM offers none
 */
public record AccountAccess(RoleGateway roles, PolicyDocuments policies, Optional<AccountInventory> inventory) {

    /** Creates access without an inventory: roles can only be read one by one. */
    public AccountAccess(RoleGateway roles, PolicyDocuments policies) {
        this(roles, policies, Optional.empty());
    }
}
