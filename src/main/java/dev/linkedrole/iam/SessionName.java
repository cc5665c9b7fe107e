package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;

/**
 * What a session in an account is called, for CloudTrail to say on whose behalf its calls were made.
 *
 * @param value at most 64 characters; begins as the trust policies of the roles that are assumed demand
 */
public record SessionName(String value) {

    private static final String PREFIX = "linked-role-";

    /** What is done for all roles of an account together. */
    public static final SessionName OF_ALL = new SessionName(PREFIX + "resync");

    public static SessionName of(InstanceArn instance) {
        return new SessionName(PREFIX + instance.id());
    }
}
