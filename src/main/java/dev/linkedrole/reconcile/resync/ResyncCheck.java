package dev.linkedrole.reconcile.resync;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.state.ExpectedFingerprint;

/** The check that a record calls for when all roles are compared with IAM. */
sealed interface ResyncCheck {

    /** Nothing: there is no role to be compared. */
    record Nothing() implements ResyncCheck {}

    /** The role has to be read and compared by itself. */
    record Look(InstanceArn instance) implements ResyncCheck {}

    /**
     * The role is known to be right, and a glance will do to see whether it still is.
     *
     * @param calls number of calls to IAM that read the role by itself
     */
    record Glance(InstanceArn instance, RoleName name, ExpectedFingerprint expectation, int calls)
            implements ResyncCheck {}
}
