package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;

/** IAM rejected a call, or its effect is unknown. The message holds the answer. */
public final class IamFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private IamFailedException(IamCallException failure) {
        super(failure.getMessage(), failure);
        this.passing = !failure.isFinal();
    }

    /** The failure as those see it who do not know IAM's; any other is left as it is. */
    public static Throwable of(Throwable failure) {
        return failure instanceof IamCallException iam ? new IamFailedException(iam) : failure;
    }

    /** True if a later retry may well succeed without any change by a person. */
    public boolean passing() {
        return passing;
    }
}
