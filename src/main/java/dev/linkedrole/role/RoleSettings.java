package dev.linkedrole.role;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is the same for every role that one deployment owns.
 *
 * @param namePrefix what role names begin with, at most 32 characters
 * @param path the IAM path of the roles
 * @param permissionsBoundary the ARN of a policy that bounds what the roles can ever do, in which {@code {partition}} and
 *     {@code {account}} stand for the instance's; when empty, a boundary that somebody else has set is left as it is
 * @param owner the value of the tag by which this deployment knows its own roles
 * @param managedPolicies how many managed policies a role may have beside its inline policy, 0 to {@value Home#MAX_MANAGED}
 */
public record RoleSettings(
        String namePrefix, String path, Optional<String> permissionsBoundary, String owner, int managedPolicies) {

    /** The managed policies that IAM attaches to a role unless its quota was raised. */
    public static final int DEFAULT_MANAGED_POLICIES = 10;

    /** The tag whose value is the owner of a role. */
    public static final String OWNER_TAG = "linked-role:managed-by";

    /** The tag whose value is the ARN of the instance that a role belongs to. */
    public static final String INSTANCE_TAG = "linked-role:instance";

    /** Whether roles are made as service-linked ones: what IAM keeps their path for. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** With as many managed policies as IAM attaches to any role. */
    public RoleSettings(String namePrefix, String path, Optional<String> permissionsBoundary, String owner) {
        this(namePrefix, path, permissionsBoundary, owner, DEFAULT_MANAGED_POLICIES);
    }

    /** The boundary of this instance's role: a policy of its own account, or of AWS. */
    Optional<String> permissionsBoundary(InstanceArn instance) {
        return permissionsBoundary.map(
                arn -> arn.replace("{partition}", instance.partition()).replace("{account}", instance.account()));
    }

    /** The tags by which a role of this instance is known to be ours. */
    public SortedMap<String, String> ownershipTags(InstanceArn instance) {
        SortedMap<String, String> tags = new TreeMap<>();
        tags.put(OWNER_TAG, owner);
        tags.put(INSTANCE_TAG, instance.toString());
        return tags;
    }
}
