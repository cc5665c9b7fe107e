package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;

/**
 * Name of a session in an account. It shows in CloudTrail for which instance a call was made.
 *
 * @param value at most 64 characters; begins with the prefix that the trust policies of the assumed roles require
 */
public record SessionName(String value) {

    private static final String PREFIX = "linked-role-";

    /** Session for work on all roles of an account together. */
    public static final SessionName OF_ALL = new SessionName(PREFIX + "resync");

    /** Session for reading the settings of the instances of an account. */
    public static final SessionName OF_READING = new SessionName(PREFIX + "connect");

    public static SessionName of(InstanceArn instance) {
        return new SessionName(PREFIX + instance.id());
    }
}
