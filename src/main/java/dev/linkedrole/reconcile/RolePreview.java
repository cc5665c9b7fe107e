package dev.linkedrole.reconcile;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.plan.Step;
import java.util.List;
import java.util.Optional;

/**
 * Preview of the next reconciliation of a role with IAM.
 *
 * @param instance the instance that owns the role
 * @param role the role's name
 * @param action the kind of change
 * @param steps the calls that it would make, in order; none if the role is as desired
 * @param granted lines of the grants that the role would get: a statement, and a resource of it
 * @param revoked lines of the grants that the role would lose, and ARNs of policies that it would lose; not listed for
 *     a role that is deleted
 * @param condition the condition that the role would have, if it cannot be made as desired
 */
public record RolePreview(
        InstanceArn instance,
        RoleName role,
        Action action,
        List<Step> steps,
        List<String> granted,
        List<String> revoked,
        Optional<Condition> condition) {

    /** Kinds of changes to a role. */
    public enum Action {
        /** Nothing would change. */
        NONE,
        /** The role would be created. */
        CREATE,
        /** The role would be changed. */
        CHANGE,
        /** The role, or a remaining policy of it, would be deleted. */
        DELETE,
        /** The role would be left as it is, or changed only in part, for the reason in the condition. */
        BLOCKED
    }

    public RolePreview {
        steps = List.copyOf(steps);
        granted = List.copyOf(granted);
        revoked = List.copyOf(revoked);
    }
}
