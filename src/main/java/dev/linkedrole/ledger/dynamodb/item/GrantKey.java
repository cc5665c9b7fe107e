package dev.linkedrole.ledger.dynamodb.item;

import dev.linkedrole.role.model.Grant;

/** Format of a grant in the table: {@code FEATURE} or {@code FEATURE ARN}. */
public final class GrantKey {

    private GrantKey() {}

    public static String of(Grant grant) {
        return grant.toString();
    }

    /** Reads a grant. Feature names have no spaces, so the first space ends the feature; a resource may have some. */
    static Grant read(String key) {
        int space = key.indexOf(' ');
        return space < 0 ? Grant.withoutResource(key) : Grant.of(key.substring(0, space), key.substring(space + 1));
    }
}
