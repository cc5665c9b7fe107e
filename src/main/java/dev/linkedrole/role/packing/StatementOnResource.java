package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.model.Digest;
import java.util.Comparator;

/**
 * The smallest thing that a policy can hold: what one statement allows on one resource, or denies.
 *
 * @param statement its Sid, effect, actions and conditions; it has no resources of its own
 * @param resource a resource, or several by wildcards, as the policy has it
 */
public record StatementOnResource(StatementTemplate statement, String resource)
        implements Comparable<StatementOnResource> {

    /** Enough of a digest to tell the few thousand entries of one role apart. */
    static final int KEY_LENGTH = 11;

    private static final Comparator<StatementOnResource> ORDER = Comparator.comparing(
                    (StatementOnResource entry) -> entry.statement().sid())
            .thenComparing(StatementOnResource::resource);

    /** Short key, for use where the statement would be too long. Equal Sid and resource give equal keys. */
    public String key() {
        return key(statement.sid(), resource);
    }

    public static String key(String sid, String resource) {
        return Digest.of(sid + " " + resource).substring(0, KEY_LENGTH);
    }

    @Override
    public int compareTo(StatementOnResource other) {
        return ORDER.compare(this, other);
    }
}
