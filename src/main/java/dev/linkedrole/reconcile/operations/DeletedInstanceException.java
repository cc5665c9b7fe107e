package dev.linkedrole.reconcile.operations;

import dev.linkedrole.role.model.InstanceId;

/** The instance is deleted, which is final. */
public final class DeletedInstanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeletedInstanceException(InstanceId instance) {
        super(
                "the instance " + instance + " is deleted, which is final: no role can be made for it",
                null,
                false,
                false);
    }
}
