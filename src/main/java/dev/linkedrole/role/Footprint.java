package dev.linkedrole.role;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a role is like, in digests: small enough to be kept in the ledger, and all that is needed to see what differs.
 *
 * @param digests each facet the role has, with the digest of its content
 */
public record Footprint(SortedMap<Facet, String> digests) {

    /** A role that has nothing. */
    public static final Footprint BARE = new Footprint(new TreeMap<>());

    /** A digest that nothing has: a facet with it differs from whatever it should be. */
    static final String UNKNOWN = "?";

    /** In place of the digest of a managed policy that was made and is not attached, or not any more. */
    static final String UNATTACHED = "unattached";

    public Footprint {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * The same role with the content of its policies and its description forgotten, for when a slower replica may have
     * overwritten them. What no two replicas ever write differently (trust, tags, boundary) is kept.
     */
    public Footprint withoutPolicyContent() {
        SortedMap<Facet, String> forgotten = new TreeMap<>(digests);
        forgotten.replaceAll(
                (facet, digest) -> mayBeOverwritten(facet) && !digest.equals(UNATTACHED) ? UNKNOWN : digest);
        return new Footprint(forgotten);
    }

    /** The same role with just these managed policies of its own, whatever they say. */
    public Footprint withManaged(Collection<Home> managed) {
        SortedMap<Facet, String> all = new TreeMap<>(digests);
        all.keySet().removeIf(Facet.Managed.class::isInstance);
        managed.forEach(home -> all.put(new Facet.Managed(home), UNKNOWN));
        return new Footprint(all);
    }

    /** Whether a role like this has all that another one has, but for its description. */
    public boolean hasAllButDescription(Footprint other) {
        Facet description = new Facet.Description();
        SortedMap<Facet, String> rest = new TreeMap<>(digests);
        SortedMap<Facet, String> otherRest = new TreeMap<>(other.digests);
        rest.remove(description);
        otherRest.remove(description);
        return !equals(other) && rest.equals(otherRest);
    }

    /** Whether nothing is known of one facet by which another role differs in it. */
    public boolean mayHaveSame(Facet facet, Footprint other) {
        return Optional.ofNullable(digests.get(facet))
                .filter(digest -> !digest.equals(other.digests.get(facet)))
                .isEmpty();
    }

    private static boolean mayBeOverwritten(Facet facet) {
        return facet instanceof Facet.Inline || facet instanceof Facet.Managed || facet instanceof Facet.Description;
    }
}
