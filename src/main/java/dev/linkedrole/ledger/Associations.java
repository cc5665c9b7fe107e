package dev.linkedrole.ledger;

import dev.linkedrole.role.model.Association;
import dev.linkedrole.role.model.InstanceId;
import io.smallrye.mutiny.Uni;

/**
 * Store of what is known of the associations of instances: a call that ends one names neither the feature nor the
 * resource. Any number of replicas may use it at once, and any write may be repeated.
 */
public interface Associations {

    /**
     * Adds knowledge of an association, and returns all that is known of it then.
     *
     * @param id the association's own id, unique within the instance
     */
    Uni<Association> join(InstanceId instance, String id, Association known);
}
