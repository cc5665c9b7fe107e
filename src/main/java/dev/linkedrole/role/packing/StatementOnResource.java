package dev.linkedrole.role.packing;

import dev.linkedrole.role.catalog.StatementTemplate;
import dev.linkedrole.role.model.Digest;
import java.util.Comparator;

/**
 * One statement on one resource: the smallest item that is packed into a policy.
 *
 * @param statement its Sid, effect, actions and conditions, without resources
 * @param resource a resource, perhaps with wildcards, as in the policy
 */
public record StatementOnResource(StatementTemplate statement, String resource)
        implements Comparable<StatementOnResource> {

    /** Length of a key: enough of a digest to distinguish the few thousand statements of one role. */
    static final int KEY_LENGTH = 11;

    private static final Comparator<StatementOnResource> ORDER = Comparator.comparing(
                    (StatementOnResource entry) -> entry.statement().sid())
            .thenComparing(StatementOnResource::resource);

    /** Returns a short key, for use where the statement would be too long. Equal Sid and resource give equal keys. */
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
