package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.state.RoleChange;
import java.time.Instant;

/** The condition of a role that is as accepted, and would change once an operator releases a held change. */
public final class HeldCondition {

    private HeldCondition() {}

    /** Returns the condition's detail; equal changes have equal details. */
    public static String detail(RoleChange change) {
        return "in force as accepted; the settings or the catalog have changed, and " + change.sentence()
                + ". GET /api/plan shows the change, POST /api/plan/release makes it";
    }

    public static Condition of(RoleChange change, Instant at) {
        return new Condition(Condition.Type.ChangeHeld, detail(change), at);
    }
}
