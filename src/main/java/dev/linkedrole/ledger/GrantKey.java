package dev.linkedrole.ledger;

import dev.linkedrole.role.Grant;

/** A grant in one string, {@code FEATURE} or {@code FEATURE ARN}, as the table has it. */
final class GrantKey {

    private GrantKey() {}

    static String of(Grant grant) {
        return grant.toString();
    }

    /** Feature names have no spaces, so the first one ends the feature; a resource may have some. */
    static Grant read(String key) {
        int space = key.indexOf(' ');
        return space < 0 ? Grant.withoutResource(key) : Grant.of(key.substring(0, space), key.substring(space + 1));
    }
}
