package dev.linkedrole.reconcile;

import dev.linkedrole.role.Condition;

/** Ends a reconcile step whose role is to be left as it is. */
final class HeldException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Condition.Type type;
    private final String detail;

    HeldException(Condition.Type type, String detail) {
        super(type + ": " + detail, null, false, false);
        this.type = type;
        this.detail = detail;
    }

    Condition.Type type() {
        return type;
    }

    String detail() {
        return detail;
    }
}
