package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list of roles.
 *
 * @param roles in the order of their instances' ids; perhaps fewer than were asked for, and none, although there are more
 * @param next after which instance the list goes on; empty if it does not
 */
public record RolePage(List<RoleSummary> roles, Optional<InstanceId> next) {

    public RolePage {
        roles = List.copyOf(roles);
    }
}
