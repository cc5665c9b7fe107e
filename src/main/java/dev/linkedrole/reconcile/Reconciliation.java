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
     * @param announced whether the instance is announced; if not there is no role, and the record is kept until then
     */
    record InForce(RoleName role, long revision, List<String> steps, boolean announced) implements Reconciliation {
        public InForce {
            steps = List.copyOf(steps);
        }

        /** The role of an announced instance. */
        public InForce(RoleName role, long revision, List<String> steps) {
            this(role, revision, steps, true);
        }
    }

    /** Something keeps it from being in force that no retry mends; it is recorded on the role, and tried again by resync. */
    record Blocked(RoleName role, long revision, Condition condition) implements Reconciliation {}
}
