package dev.linkedrole.reconcile;

import dev.linkedrole.role.Condition;
import dev.linkedrole.role.RoleName;
import java.util.List;

/** How a reconcile step ended, if it did not fail. */
public sealed interface Reconciliation {

    /** IAM has what is desired. {@code steps} says what had to be done for it; none if nothing differed. */
    record InForce(RoleName role, long revision, List<String> steps) implements Reconciliation {
        public InForce {
            steps = List.copyOf(steps);
        }
    }

    /** Something keeps it from being in force that no retry mends; it is recorded on the role, and tried again by resync. */
    record Held(RoleName role, long revision, Condition condition) implements Reconciliation {}
}
