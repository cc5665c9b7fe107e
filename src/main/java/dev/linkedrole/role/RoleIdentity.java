package dev.linkedrole.role;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Name, path and owner of one instance's role. It is recorded with the event that makes the role wanted and holds until the role is
 * deleted, whatever the settings say later. The account is the instance's own, and the path tells the mode.
 *
 * @param name the role's name; of a service-linked role the likely one, until IAM has said it
 * @param path the IAM path of the role and of its managed policies
 * @param owner the value of its tag {@value RoleSettings#OWNER_TAG}
 */
public record RoleIdentity(RoleName name, String path, String owner) {

    /** Whether the role is service-linked. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** The same under the name that IAM gave it. */
    public RoleIdentity named(RoleName other) {
        return new RoleIdentity(other, path, owner);
    }

    /** The tags by which the role of this instance is known to be ours. */
    public SortedMap<String, String> tags(InstanceArn instance) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(RoleSettings.OWNER_TAG, owner);
        tags.put(RoleSettings.INSTANCE_TAG, instance.toString());
        return tags;
    }
}
