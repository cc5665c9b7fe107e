package dev.linkedrole.reconcile;

import dev.linkedrole.role.model.InstanceId;

/** No record exists of an instance. */
public final class UnknownInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnknownInstanceException(InstanceId instance) {
        super("nothing is recorded of the instance " + instance, null, false, false);
    }
}
