package dev.linkedrole.iam;

import dev.linkedrole.role.identity.RoleName;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * All roles of an account, of any maker, a page at a time: a thousand for one call, where each alone takes four. What it
 * shows may be behind by some seconds, and two pages are not of the same moment, so it serves to see where to look and no more.
 */
public interface AccountInventory {

    /**
     * A page of the roles and the account's own managed policies. One call to IAM.
     *
     * @param from marker of the page; empty for the first one
     * @return fails with an {@link IamCallException}; as {@link IamCallException.Kind#REFUSED} also where there is no such thing
     */
    Uni<InventoryPage> page(Optional<String> from);

    /** Reads the description of a role, which inventory pages leave out; empty if there is no such role. One call to IAM. */
    Uni<Optional<String>> description(RoleName name);
}
