package dev.linkedrole.iam;

import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.RoleName;
import dev.linkedrole.role.Step;
import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;

/**
 * The roles in IAM. Every call that fails does so with an {@link IamCallException} that says what kind of failure it was.
 *
 * <p>IAM is eventually consistent: what was written a moment ago may not be read back yet.
 */
public interface RoleGateway {

    /** The role with all that is compared: a call for the role, one for each list of policies, one for each inline policy. */
    Uni<ActualRole> read(RoleName name);

    /** The role's tags in one call, to see whose it is; empty if there is no such role. */
    Uni<Optional<Map<String, String>>> tags(RoleName name);

    /** All that keeps IAM from deleting the role: its policies and the instance profiles it is in. */
    Uni<Footprint> obstacles(RoleName name);

    /**
     * Does one step. Taking away what is not there succeeds.
     *
     * @return the role's ARN if IAM said it
     */
    Uni<Optional<String>> carryOut(RoleName name, Step step);
}
