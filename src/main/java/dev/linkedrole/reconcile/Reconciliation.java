package dev.linkedrole.reconcile;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import java.util.List;

/** The result of a reconcile step that did not fail. */
public sealed interface Reconciliation {

    /**
     * IAM has what is desired.
     *
     * @param steps steps that were done for it; empty if nothing differed
     * @param announced true if the instance is announced and its role not released; if not, there is no role of ours yet
     */
    record InForce(RoleName role, long revision, List<String> steps, boolean announced) implements Reconciliation {
        public InForce {
            steps = List.copyOf(steps);
        }

        /** Creates the result for the role of an announced instance. */
        public InForce(RoleName role, long revision, List<String> steps) {
            this(role, revision, steps, true);
        }
    }

    /**
     * A condition that no retry removes keeps the role from being in force. It is recorded on the role, and the resync
     * tries again.
     */
    record Blocked(RoleName role, long revision, Condition condition) implements Reconciliation {}
}
