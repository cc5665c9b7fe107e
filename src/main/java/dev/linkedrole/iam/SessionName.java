package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;

/**
 * The name of a session in an account, so that CloudTrail shows for which instance its calls were made.
 *
 * @param value at most 64 characters; begins as the trust policies of the roles that are assumed demand
 */
public record SessionName(String value) {

    private static final String PREFIX = "linked-role-";

    /** The session for work on all roles of an account together. */
    public static final SessionName OF_ALL = new SessionName(PREFIX + "resync");

    public static SessionName of(InstanceArn instance) {
        return new SessionName(PREFIX + instance.id());
    }
}
