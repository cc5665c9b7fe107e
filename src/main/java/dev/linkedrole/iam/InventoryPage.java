package dev.linkedrole.iam;

import dev.linkedrole.role.state.ActualRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the roles and managed policies of an account.
 *
 * @param roles each as it is, but for its description, which a page does not say: here it is empty
 * @param policies by their ARNs, what the version in force says, as JSON; whose they are a page does not say
 * @param next marker of the next page; empty after the last one
 */
public record InventoryPage(List<ActualRole.Present> roles, Map<String, String> policies, Optional<String> next) {

    public InventoryPage {
        roles = List.copyOf(roles);
        policies = Map.copyOf(policies);
    }
}
