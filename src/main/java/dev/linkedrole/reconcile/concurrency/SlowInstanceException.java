package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceId;

/** Nothing was begun, since what is being done with the instance takes long, and enough others are waiting for that. */
public final class SlowInstanceException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    public SlowInstanceException(InstanceId instance) {
        super("something has been going on with " + instance + " for a while, and others are waiting for its end");
    }
}
