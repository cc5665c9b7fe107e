package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceId;

/** An instance gets so many events at once that a message could not be finished now; a retry will succeed later. */
public final class BusyInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BusyInstanceException(InstanceId instance) {
        super("others keep changing the instance " + instance + "; this is tried again later", null, false, false);
    }
}
