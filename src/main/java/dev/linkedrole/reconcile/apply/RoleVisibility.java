package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.role.plan.Step;

/**
 * Knowledge about the visibility of a role, which decides the meaning of a failure.
 *
 * @param roleIsNew whether it may have been made a moment ago, and be invisible yet to the calls that follow
 * @param looked whether it was just read, so that another read would show nothing new
 * @param settled whether IAM had the time since the last change to show it
 */
record RoleVisibility(boolean roleIsNew, boolean looked, boolean settled) {

    /**
     * True if a step that failed like this is left open. Otherwise the failure ends the reconciliation: reading the role, or time, may
     * help.
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
            // The role was just seen; so it is the boundary that is not.
            case NOT_FOUND -> looked && (settled || (step instanceof Step.PutBoundary && !roleIsNew));
            case ALREADY_EXISTS, DELETE_CONFLICT -> looked && settled;
            case TRANSIENT, UNREACHABLE -> false;
        };
    }
}
