package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.model.Condition;

/** Ends a reconciliation whose role is left as it is. */
public final class BlockedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Condition.Type type;
    private final String detail;

    BlockedException(Condition.Type type, String detail) {
        super(type + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
    }

    public Condition.Type type() {
        return type;
    }

    public String detail() {
        return detail;
    }
}
