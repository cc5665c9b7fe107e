package dev.linkedrole.ledger.listing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Filter of a list of roles. */
public enum RoleFilter {
    /** Every role with a record. */
    ALL,
    /** Roles of instances that exist. */
    LIVE,
    /** Roles of instances that are deleted for ever. */
    DELETED,
    /** Roles of instances that events named, but none announced yet. */
    UNANNOUNCED,
    /** Roles that an operator has released. */
    RELEASED,
    /** Roles whose newest revision is not known to be in IAM. */
    PENDING,
    /** Roles with a condition that keeps them from the recorded state. */
    FAILING;

    /** Returns its name in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if it has a role, as the list does. */
    public boolean has(RoleSummary role) {
        return switch (this) {
            case ALL -> true;
            case LIVE, DELETED, UNANNOUNCED, RELEASED -> role.lifecycle().equals(word());
            case PENDING -> role.appliedRevision() < role.revision();
            case FAILING -> !role.conditions().isEmpty();
        };
    }

    /** Returns the filter of that name, regardless of case. */
    public static Optional<RoleFilter> ofWord(String word) {
        return Arrays.stream(values())
                .filter(filter -> filter.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
