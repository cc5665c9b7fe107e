package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.role.model.Condition;
import java.time.Instant;

/** Converts final failures of IAM to conditions. */
public final class IamConditions {

    private static final String PROTECTED =
            "the role is service-linked, and IAM lets nobody but its service change what it"
                    + " may do; have the service itself enable what is missing, or run in the mode customer-managed. ";

    private IamConditions() {}

    /**
     * True if retries cannot help until a person does something.
     *
     * @param settled true if IAM had the time to show the latest writes: anything still invisible stays so
     */
    public static boolean isFinal(Throwable failure, boolean settled) {
        return failure instanceof BlockedException
                || (failure instanceof IamCallException iam && (iam.isFinal() || (settled && iam.mayBeLag())));
    }

    public static Condition conditionOf(Throwable failure, Instant at) {
        if (failure instanceof BlockedException blocked) {
            return new Condition(blocked.type(), blocked.detail(), at);
        }
        String said = String.valueOf(failure.getMessage());
        return failure instanceof IamCallException iam
                ? switch (iam.kind()) {
                    case PROTECTED -> new Condition(Condition.Type.ProtectedRole, PROTECTED + said, at);
                    case NAME_TAKEN -> new Condition(Condition.Type.PolicyNameTaken, said, at);
                    case UNREACHABLE -> new Condition(Condition.Type.AccountNotReachable, said, at);
                    default -> new Condition(Condition.Type.RefusedByIam, said, at);
                }
                : new Condition(Condition.Type.RefusedByIam, said, at);
    }
}
