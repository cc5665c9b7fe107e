package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.state.ManagedPolicy;
import java.util.List;

/**
 * A managed policy that is attached to a role.
 *
 * @param policy its document
 * @param versions the ids of all its versions, newest first
 */
public record AttachedPolicy(ManagedPolicy policy, List<String> versions) {

    public AttachedPolicy {
        versions = List.copyOf(versions);
    }
}
