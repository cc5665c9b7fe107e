package dev.linkedrole.role.guard;

import dev.linkedrole.role.state.RoleChange;
import java.util.Optional;

/**
 * Numbers of recorded roles that a change of the settings concerns.
 *
 * @param roles live roles that are recorded
 * @param changed roles that would change in any way
 * @param restricted roles that would lose permissions, or get another boundary or trust policy
 */
public record ChangeCounts(long roles, long changed, long restricted) {

    public static final ChangeCounts NONE = new ChangeCounts(0, 0, 0);

    /** Counts one more role. */
    public ChangeCounts plus(Optional<RoleChange> change) {
        return new ChangeCounts(
                roles + 1,
                changed + (change.isPresent() ? 1 : 0),
                restricted + (change.filter(RoleChange::restricts).isPresent() ? 1 : 0));
    }

    /** True if the change waits for an operator. */
    public boolean hold(int bound) {
        return restricted > 0 || changed > bound;
    }
}
