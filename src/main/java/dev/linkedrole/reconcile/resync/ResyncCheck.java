package dev.linkedrole.reconcile.resync;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.state.ExpectedFingerprint;

/** Check of one role in a round of the resync, by its record. */
sealed interface ResyncCheck {

    /** No check: there is no role to compare. */
    record Nothing() implements ResyncCheck {}

    /** Reads the role by itself and compares it. */
    record Look(InstanceArn instance) implements ResyncCheck {}

    /**
     * Compares the role in a scan, which is enough for a role that is known to be right.
     *
     * @param calls number of calls to IAM that read the role by itself
     */
    record Glance(InstanceArn instance, RoleName name, ExpectedFingerprint expectation, int calls)
            implements ResyncCheck {}
}
