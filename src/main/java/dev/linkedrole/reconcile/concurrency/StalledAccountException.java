package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceArn;

/** Work was not begun, since the instance's account has stopped answering, and enough other work waits for it. */
public final class StalledAccountException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    StalledAccountException(InstanceArn instance) {
        super("nothing has come back from the account " + instance.account()
                + " for a while, and others are waiting for it");
    }
}
