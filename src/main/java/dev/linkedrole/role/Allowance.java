package dev.linkedrole.role;

import java.util.Comparator;

/**
 * The smallest thing that a policy can hold: what one statement allows on one resource, or denies.
 *
 * @param statement its Sid, effect, actions and conditions; it has no resources of its own
 * @param resource a resource, or several by wildcards, as the policy has it
 */
public record Allowance(StatementTemplate statement, String resource) implements Comparable<Allowance> {

    /** Enough of a digest to tell the few thousand allowances of one role apart. */
    static final int KEY_LENGTH = 11;

    private static final Comparator<Allowance> ORDER = Comparator.comparing(
                    (Allowance allowance) -> allowance.statement().sid())
            .thenComparing(Allowance::resource);

    /** What it is known by where it would be too long to keep. Two of the same Sid and resource have the same. */
    String key() {
        return key(statement.sid(), resource);
    }

    static String key(String sid, String resource) {
        return Digest.of(sid + " " + resource).substring(0, KEY_LENGTH);
    }

    @Override
    public int compareTo(Allowance other) {
        return ORDER.compare(this, other);
    }
}
