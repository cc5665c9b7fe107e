package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.role.plan.Step;

/**
 * Knowledge about the visibility of a role, which decides the meaning of a failure.
 *
 * @param roleIsNew true if the role may have been created a moment ago, and be invisible to later calls
 * @param looked true if the role was just read, so that another read would show nothing new
 * @param settled true if IAM had the time to show the last change
 */
record RoleVisibility(boolean roleIsNew, boolean looked, boolean settled) {

    /**
     * True if a step with this failure is left open. Otherwise the failure ends the reconciliation: reading the role
     * again, or time, may help.
     */
    boolean leavesOpen(Step step, Throwable failure) {
        if (failure instanceof BlockedException) {
            return true;
        }
        return failure instanceof IamCallException iam && leavesOpen(step, iam.kind());
    }

    private boolean leavesOpen(Step step, IamCallException.Kind kind) {
        return switch (kind) {
            case REFUSED, PROTECTED, NAME_TAKEN, REFERENCE_MISSING -> true;
            case LIMIT_EXCEEDED -> looked;
            // The role was just read, so the missing entity is the boundary.
            case NOT_FOUND -> looked && (settled || (step instanceof Step.PutBoundary && !roleIsNew));
            case ALREADY_EXISTS, DELETE_CONFLICT -> looked && settled;
            case TRANSIENT, UNREACHABLE -> false;
        };
    }
}
