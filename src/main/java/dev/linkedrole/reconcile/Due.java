package dev.linkedrole.reconcile;

import dev.linkedrole.role.Expectation;
import dev.linkedrole.role.InstanceArn;
import dev.linkedrole.role.RoleName;

/** What a record says there is to be done when all roles are compared with IAM. */
sealed interface Due {

    /** Nothing: there is no role to be compared. */
    record Nothing() implements Due {}

    /** The role has to be read and compared by itself. */
    record Look(InstanceArn instance) implements Due {}

    /**
     * The role is known to be right, and a glance will do to see whether it still is.
     *
     * @param calls how many calls to IAM it takes to read the role by itself
     */
    record Glance(InstanceArn instance, RoleName name, Expectation expectation, int calls) implements Due {}
}
