package dev.linkedrole.ledger.listing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Filter of a list of roles. */
public enum RoleFilter {
    /** Every role of which anything was recorded. */
    ALL,
    /** The instance exists, and so has a role. */
    LIVE,
    /** The instance is gone for ever. */
    DELETED,
    /** Events named the instance, but none announced it yet. */
    UNANNOUNCED,
    /** IAM is not known to have all that is recorded. */
    PENDING,
    /** Something keeps the role from being what is recorded. */
    FAILING;

    /** Its name in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The filter of that name, without regard to case. */
    public static Optional<RoleFilter> ofWord(String word) {
        return Arrays.stream(values())
                .filter(filter -> filter.word().equalsIgnoreCase(word))
                .findFirst();
    }
}
