package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;

/** IAM rejected a call, or the effect of the call is unknown. The message holds IAM's answer. */
public final class IamFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    private IamFailedException(IamCallException failure) {
        super(failure.getMessage(), failure);
        this.passing = !failure.isFinal();
    }

    /** Wraps a failure of IAM for callers outside this package; any other failure is returned as it is. */
    public static Throwable of(Throwable failure) {
        return failure instanceof IamCallException iam ? new IamFailedException(iam) : failure;
    }

    /** True if a later retry may succeed without a change by a person. */
    public boolean passing() {
        return passing;
    }
}
