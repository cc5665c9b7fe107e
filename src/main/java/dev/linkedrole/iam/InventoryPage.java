package dev.linkedrole.iam;

import dev.linkedrole.role.state.ActualRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page of the roles and managed policies of an account.
 *
 * @param roles roles of the page; descriptions are empty, since pages leave them out
 * @param policies document of the version in force, as JSON, by the policy's ARN; pages leave out tags, and so owners
 * @param next marker of the next page; empty after the last one
 */
public record InventoryPage(List<ActualRole.Present> roles, Map<String, String> policies, Optional<String> next) {

    public InventoryPage {
        roles = List.copyOf(roles);
        policies = Map.copyOf(policies);
    }
}
