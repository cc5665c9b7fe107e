package dev.linkedrole.reconcile.concurrency;

import dev.linkedrole.role.model.InstanceArn;

/** Nothing was begun, since nothing comes back from the instance's account, and enough others are waiting for it. */
public final class StalledAccountException extends NotBegunException {

    private static final long serialVersionUID = 1L;

    StalledAccountException(InstanceArn instance) {
        super("nothing has come back from the account " + instance.account()
                + " for a while, and others are waiting for it");
    }
}
