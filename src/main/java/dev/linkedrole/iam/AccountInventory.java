package dev.linkedrole.iam;

import dev.linkedrole.role.identity.RoleName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Inventory of an account: pages of all its roles, whoever made them. A page of a thousand roles costs one call, where
 * reading each role alone takes four. Pages may be some seconds old, and two pages do not show the same moment; so a
 * page only shows which roles to read.
 */
public interface AccountInventory {

    /**
     * Reads a page of the roles and the account's own managed policies. One call to IAM.
     *
     * @param from marker of the page; empty for the first one
     * @return fails with an {@link IamCallException}; of kind {@link IamCallException.Kind#REFUSED} also if IAM offers
     *     no inventory
     */
    Uni<InventoryPage> page(Optional<String> from);

    /**
     * Reads the description of a role, which inventory pages leave out; empty if there is no such role. One call to
     * IAM.
     */
    Uni<Optional<String>> description(RoleName name);

    /** Returns how much of its quotas the account uses; empty if that cannot be known. One call. */
    default Uni<Optional<AccountUsage>> usage() {
        return Uni.createFrom().item(Optional.empty());
    }
}
