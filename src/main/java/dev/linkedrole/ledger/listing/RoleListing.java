package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** The list of all roles of which anything was recorded. */
public interface RoleListing {

    /**
     * A page of the list, in the order of the instances' ids. May lag behind by some seconds. The work for it is bounded: where
     * few roles are of the kind that is wanted, a page is short.
     *
     * @param after the instance after which the page begins; empty for the first page
     * @param limit the most roles that the page may have, at least 1
     */
    Uni<RolePage> page(RoleFilter filter, Optional<InstanceId> after, int limit);
}
