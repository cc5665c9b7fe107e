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
 * Port to the roles in IAM, ordinary and service-linked ones. Failed calls fail with an {@link IamCallException} that
 * tells the kind of failure.
 *
 * <p>IAM is eventually consistent: a recent write may not be readable yet.
 */
public interface RoleGateway {

    /**
     * Reads the role with all that is compared: a call for the role, one for each list of policies, one for each inline
     * policy.
     */
    Uni<ActualRole> read(RoleName name);

    /** Reads the role's tags in one call, to find its owner; empty if there is no such role. */
    Uni<Optional<Map<String, String>>> tags(RoleName name);

    /** Reads a managed policy; empty if none has that ARN. A call for the policy, and one for its document. */
    Uni<Optional<ManagedPolicy>> policy(String policyArn);

    /**
     * Reads everything that keeps IAM from deleting the role: its policies and the instance profiles that contain it.
     */
    Uni<RoleFingerprint> obstacles(RoleName name);

    /**
     * Finds a service-linked role whose name is not recorded.
     *
     * @param likely its most likely name: read first, in one call, on any path
     * @param path the path that it is on; it has a role for every instance, and listing costs a call for each 1,000 of
     *     them
     * @param suffix suffix of its name
     * @return its ARN; empty if there is no such role, or IAM does not show it yet
     */
    Uni<Optional<String>> find(RoleName likely, String path, String suffix);

    /**
     * Starts the deletion of a service-linked role, which IAM carries out asynchronously. A repeated call returns the
     * same task while the deletion is in progress.
     *
     * @return the deletion task, to ask for with {@link #deletion}; empty if there is no such role
     */
    Uni<Optional<String>> beginDeletion(RoleName name);

    /** Returns the progress of a deletion task in IAM. */
    Uni<ServiceLinkedDeletion> deletion(String task);

    /**
     * Carries out a step. Removing a missing part succeeds. Creating a managed policy fails as {@link
     * IamCallException.Kind#NAME_TAKEN} if another owner's policy has the name.
     *
     * @return the role's ARN if IAM returned it; it has the name that IAM chose for a service-linked role
     */
    Uni<Optional<String>> carryOut(RoleName name, Step step);
}
