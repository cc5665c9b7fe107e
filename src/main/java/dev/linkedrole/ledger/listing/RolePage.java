package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list of roles.
 *
 * @param roles roles in the order of their instances' ids; perhaps fewer than requested, even none, although more
 *     follow
 * @param next the instance after which the next page begins; empty on the last page
 */
public record RolePage(List<RoleSummary> roles, Optional<InstanceId> next) {

    public RolePage {
        roles = List.copyOf(roles);
    }
}
