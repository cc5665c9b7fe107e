package dev.linkedrole.role.state;

import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Settings common to every role of one deployment. Name, path and owner concern roles that are not made yet: those of a role that is made
 * are {@link RoleIdentity recorded}.
 *
 * @param namePrefix prefix of role names, at most 32 characters
 * @param path the IAM path of the roles
 * @param permissionsBoundary the ARN of a policy that bounds what the roles can ever do, in which {@code {partition}} and
 *     {@code {account}} stand for the instance's; when empty, a boundary set by others is left as it is
 * @param owner the value of the tag by which this deployment knows its own roles
 * @param managedPolicies maximum number of managed policies beside a role's inline policy, 0 to {@value PolicySlot#MAX_MANAGED}; a
 *     service-linked one has none of its own
 * @param deployment this deployment's own identity, such as the ARN of its ledger's table; empty where it is not known
 */
public record RoleSettings(
        String namePrefix,
        String path,
        Optional<String> permissionsBoundary,
        String owner,
        int managedPolicies,
        Optional<String> deployment) {

    /** The managed policies that IAM attaches to a role unless its quota was raised. */
    public static final int DEFAULT_MANAGED_POLICIES = 10;

    /** True if roles are made as service-linked ones, for which IAM reserves their path. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** Settings with as many managed policies as IAM attaches to any role. */
    public RoleSettings(String namePrefix, String path, Optional<String> permissionsBoundary, String owner) {
        this(namePrefix, path, permissionsBoundary, owner, DEFAULT_MANAGED_POLICIES);
    }

    /** Settings of a deployment that cannot be told from another one of the same owner. */
    public RoleSettings(
            String namePrefix, String path, Optional<String> permissionsBoundary, String owner, int managedPolicies) {
        this(namePrefix, path, permissionsBoundary, owner, managedPolicies, Optional.empty());
    }

    /** The same of this deployment. */
    public RoleSettings of(Optional<String> which) {
        return new RoleSettings(namePrefix, path, permissionsBoundary, owner, managedPolicies, which);
    }

    /** The boundary of this instance's role: a policy of its own account, or of AWS. */
    Optional<String> permissionsBoundary(InstanceArn instance) {
        return permissionsBoundary.map(
                arn -> arn.replace("{partition}", instance.partition()).replace("{account}", instance.account()));
    }

    /** The identity that the role of this instance gets if it is made now. */
    public RoleIdentity identity(InstanceArn instance) {
        return new RoleIdentity(RoleName.of(namePrefix, instance.id()), path, owner);
    }

    /** The tags that the role of this instance gets if it is made now. */
    public SortedMap<String, String> ownershipTags(InstanceArn instance) {
        return identity(instance).tags(instance);
    }
}
