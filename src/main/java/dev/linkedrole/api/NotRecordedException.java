package dev.linkedrole.api;

import dev.linkedrole.role.InstanceId;

/** Somebody asks for an instance of which nothing is recorded. */
final class NotRecordedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotRecordedException(InstanceId instance) {
        super("nothing is recorded of the instance " + instance, null, false, false);
    }
}
