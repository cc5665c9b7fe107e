package dev.linkedrole.reconcile.operations;

import dev.linkedrole.role.model.InstanceId;

/** The role was released, and nothing is done to it until an operator adopts it. */
public final class ReleasedRoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReleasedRoleException(InstanceId instance) {
        super(
                "the role of the instance " + instance + " is released; POST /api/roles/" + instance
                        + " with \"adopt\": true takes it back",
                null,
                false,
                false);
    }
}
