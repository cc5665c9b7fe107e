package dev.linkedrole.testing;

import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.LinkedRole;
import java.util.SortedMap;
import java.util.TreeMap;

/** A role's state without its disabled grants, as in the ledger's role item. */
public final class EnabledOnly {

    private EnabledOnly() {}

    public static LinkedRole of(LinkedRole role) {
        SortedMap<Grant, GrantWrite> enabled = new TreeMap<>(role.grantWrites());
        enabled.keySet().removeAll(role.disabled().keySet());
        return new LinkedRole(
                role.instance(),
                role.announcement(),
                role.deletedAt(),
                enabled,
                role.withdrawn(),
                role.descriptionWrite(),
                role.adoptedAt(),
                role.releasedAt());
    }
}
