package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import java.util.Optional;

/**
 * A role as a list has it.
 *
 * @param instance whose it is
 * @param lifecycle lifecycle stage of the instance, as {@link dev.linkedrole.role.model.LinkedRole.Lifecycle#word} spells it
 * @param roleName the role's name, once anything was applied
 * @param revision grows by one with each event that changed what is known
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
