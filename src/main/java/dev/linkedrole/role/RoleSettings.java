package dev.linkedrole.role;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is the same for every role that one deployment owns.
 *
 * @param namePrefix what role names begin with, at most 32 characters
 * @param path the IAM path of the roles
 * @param permissionsBoundary the ARN of a policy that bounds what the roles can ever do; when empty, a boundary that
 *     somebody else has set is left as it is
 * @param owner the value of the tag by which this deployment knows its own roles
 */
public record RoleSettings(String namePrefix, String path, Optional<String> permissionsBoundary, String owner) {

    /** The tag whose value is the owner of a role. */
    public static final String OWNER_TAG = "linked-role:managed-by";

    /** The tag whose value is the ARN of the instance that a role belongs to. */
    public static final String INSTANCE_TAG = "linked-role:instance";

    /** The tags by which a role of this instance is known to be ours. */
    public SortedMap<String, String> ownershipTags(InstanceArn instance) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(OWNER_TAG, owner);
        tags.put(INSTANCE_TAG, instance.toString());
        return tags;
    }
}
