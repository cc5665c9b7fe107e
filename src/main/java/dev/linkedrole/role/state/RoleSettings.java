package dev.linkedrole.role.state;

import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Settings common to every role of one deployment. Name, path and owner apply to roles that are not created yet: those
 * of an existing role are {@link RoleIdentity recorded}.
 *
 * @param namePrefix prefix of role names, at most 32 characters
 * @param path the IAM path of the roles
 * @param permissionsBoundary the ARN of the permissions boundary of the roles, in which {@code {partition}} and {@code
 *     {account}} stand for the instance's; if empty, a boundary set by others is left as it is
 * @param owner the value of the tag by which this deployment recognises its own roles
 * @param managedPolicies maximum number of managed policies beside a role's inline policy, 0 to {@value
 *     PolicySlot#MAX_MANAGED}; a service-linked one has none of its own
 * @param deployment this deployment's own identity, such as the ARN of its ledger's table; empty if unknown
 * @param leaveAlone policies of others that stay on roles
 */
public record RoleSettings(
        String namePrefix,
        String path,
        Optional<String> permissionsBoundary,
        String owner,
        int managedPolicies,
        Optional<String> deployment,
        LeaveAlone leaveAlone) {

    /** Number of managed policies that IAM attaches to a role unless its quota was raised. */
    public static final int DEFAULT_MANAGED_POLICIES = 10;

    /** True if roles are created as service-linked ones, for which IAM reserves their path. */
    public boolean serviceLinked() {
        return ServiceLinkedPath.is(path);
    }

    /** Creates settings with IAM's default number of managed policies. */
    public RoleSettings(String namePrefix, String path, Optional<String> permissionsBoundary, String owner) {
        this(namePrefix, path, permissionsBoundary, owner, DEFAULT_MANAGED_POLICIES);
    }

    /**
     * Creates settings without an identity of the deployment, which cannot be distinguished from another one with the
     * same owner.
     */
    public RoleSettings(
            String namePrefix, String path, Optional<String> permissionsBoundary, String owner, int managedPolicies) {
        this(namePrefix, path, permissionsBoundary, owner, managedPolicies, Optional.empty(), LeaveAlone.NOTHING);
    }

    /** Returns these settings with the identity of the deployment. */
    public RoleSettings of(Optional<String> which) {
        return new RoleSettings(namePrefix, path, permissionsBoundary, owner, managedPolicies, which, leaveAlone);
    }

    /** Returns these settings with policies of others that stay on roles. */
    public RoleSettings leaving(LeaveAlone others) {
        return new RoleSettings(namePrefix, path, permissionsBoundary, owner, managedPolicies, deployment, others);
    }

    /** Returns the boundary of this instance's role: a policy of its own account, or of AWS. */
    Optional<String> permissionsBoundary(InstanceArn instance) {
        return permissionsBoundary.map(
                arn -> arn.replace("{partition}", instance.partition()).replace("{account}", instance.account()));
    }

    /** Returns the identity that the role of this instance gets if it is created now. */
    public RoleIdentity identity(InstanceArn instance) {
        return new RoleIdentity(RoleName.of(namePrefix, instance.id()), path, owner);
    }

    /** Returns the tags that the role of this instance gets if it is created now. */
    public SortedMap<String, String> ownershipTags(InstanceArn instance) {
        return identity(instance).tags(instance);
    }
}
