package dev.linkedrole.iam;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/**
 * The roles in IAM, ordinary ones and service-linked ones. Every call that fails does so with an {@link IamCallException} that says what kind of failure it was.
 *
 * <p>IAM is eventually consistent: what was written a moment ago may not be read back yet.
 */
public interface RoleGateway {

    /** The role with all that is compared: a call for the role, one for each list of policies, one for each inline policy. */
    Uni<ActualRole> read(RoleName name);

    /** The role's tags in one call, to see whose it is; empty if there is no such role. */
    Uni<Optional<Map<String, String>>> tags(RoleName name);

    /**
     * A managed policy; empty if there is none of that ARN. A call for the policy, and one for what it says.
     */
    Uni<Optional<ManagedPolicy>> policy(String policyArn);

    /** Everything that keeps IAM from deleting the role: its policies and the instance profiles it is in. */
    Uni<RoleFingerprint> obstacles(RoleName name);

    /**
     * Finds a service-linked role whose name is not recorded.
     *
     * @param likely its most likely name: read first, in one call, on any path
     * @param path the path that it is on; it holds a role for every instance, and costs a call for each 1,000 of them
     * @param suffix suffix of its name
     * @return its ARN; empty if there is no such role, or none that IAM shows yet
     */
    Uni<Optional<String>> find(RoleName likely, String path, String suffix);

    /**
     * Starts the deletion of a service-linked role, which IAM carries out asynchronously. Meanwhile the same task is given
     * again.
     *
     * @return the deletion task, to ask for with {@link #deletion}; empty if there is no such role
     */
    Uni<Optional<String>> beginDeletion(RoleName name);

    /** The progress of a deletion task in IAM. */
    Uni<ServiceLinkedDeletion> deletion(String task);

    /**
     * Carries out a step. Removing a missing part succeeds. One that makes a managed policy of a name that somebody else's policy has
     * fails as {@link IamCallException.Kind#NAME_TAKEN}.
     *
     * @return the role's ARN if IAM said it; the name in it is the role's, which for a service-linked role only IAM knows
     */
    Uni<Optional<String>> carryOut(RoleName name, Step step);
}
