package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceId;

/** Work was not begun, since the instance's present work takes long, and enough other work waits for it. */
public final class SlowInstanceException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    public SlowInstanceException(InstanceId instance) {
        super("something has been going on with " + instance + " for a while, and others are waiting for its end");
    }
}
