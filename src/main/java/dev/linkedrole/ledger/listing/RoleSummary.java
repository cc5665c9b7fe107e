package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * Entry of a role in a list.
 *
 * @param instance the instance that owns the role
 * @param lifecycle lifecycle stage of the instance, as {@link dev.linkedrole.role.model.LinkedRole.Lifecycle#word}
 *     spells it
 * @param roleName the role's name, once anything was applied
 * @param revision number of transactions whose events changed the state
 * @param appliedRevision the newest revision known to be in IAM
 * @param conditions conditions that keep the role from being as desired
 */
public record RoleSummary(
        InstanceId instance,
        String lifecycle,
        Optional<String> roleName,
        long revision,
        long appliedRevision,
        List<Condition> conditions) {

    public RoleSummary {
        conditions = List.copyOf(conditions);
    }
}
