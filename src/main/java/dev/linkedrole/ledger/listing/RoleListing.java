package dev.linkedrole.ledger.listing;

import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Port to the list of all roles with a record. */
public interface RoleListing {

    /**
     * Returns a page of the list, in the order of the instances' ids. May be some seconds old. The work for it is
     * bounded: if few roles match the filter, a page may be short.
     *
     * @param after the instance after which the page begins; empty for the first page
     * @param limit maximum number of roles of the page, at least 1
     */
    Uni<RolePage> page(RoleFilter filter, Optional<InstanceId> after, int limit);
}
