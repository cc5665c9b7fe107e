package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.model.Condition;

/** Ends a reconciliation whose role may not be written now. Its condition is not recorded, since it ends by itself. */
public final class PausedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    // No exception is serialized here, and a condition could not be.
    private final transient Condition condition;

    public PausedException(Condition condition) {
        super(condition.type() + ": " + condition.detail(), null, false, false);
        this.condition = condition;
    }

    public Condition condition() {
        return condition;
    }
}
