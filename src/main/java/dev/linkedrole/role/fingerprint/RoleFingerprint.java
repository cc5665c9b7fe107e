package dev.linkedrole.role.fingerprint;

import dev.linkedrole.role.packing.PolicySlot;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digests of a role's components: small enough to be kept in the ledger, and enough to see differences.
 *
 * @param digests each component the role has, with the digest of its content
 */
public record RoleFingerprint(SortedMap<RoleComponent, String> digests) {

    /** A role that has nothing. */
    public static final RoleFingerprint BARE = new RoleFingerprint(new TreeMap<>());

    /** A digest that nothing has: a component with it differs from whatever it should be. */
    public static final String UNKNOWN = "?";

    /** Replaces the digest of a managed policy that exists and is not attached, or no longer. */
    public static final String UNATTACHED = "unattached";

    public RoleFingerprint {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * The same role with the content of its policies and its description forgotten, for when a slower replica may have
     * overwritten them. What no two replicas ever write differently (trust, tags, boundary) is kept.
     */
    public RoleFingerprint withoutPolicyContent() {
        SortedMap<RoleComponent, String> forgotten = new TreeMap<>(digests);
        forgotten.replaceAll(
                (component, digest) -> mayBeOverwritten(component) && !digest.equals(UNATTACHED) ? UNKNOWN : digest);
        return new RoleFingerprint(forgotten);
    }

    /** The same role with just these managed policies of its own, whatever they say. */
    public RoleFingerprint withManaged(Collection<PolicySlot> managed) {
        SortedMap<RoleComponent, String> all = new TreeMap<>(digests);
        all.keySet().removeIf(RoleComponent.Managed.class::isInstance);
        managed.forEach(slot -> all.put(new RoleComponent.Managed(slot), UNKNOWN));
        return new RoleFingerprint(all);
    }

    /** True if a role like this has everything that another one has, but for its description. */
    public boolean hasAllButDescription(RoleFingerprint other) {
        RoleComponent description = new RoleComponent.Description();
        SortedMap<RoleComponent, String> rest = new TreeMap<>(digests);
        SortedMap<RoleComponent, String> otherRest = new TreeMap<>(other.digests);
        rest.remove(description);
        otherRest.remove(description);
        return !equals(other) && rest.equals(otherRest);
    }

    /** True if nothing is known of one component by which another role differs in it. */
    public boolean mayHaveSame(RoleComponent component, RoleFingerprint other) {
        return Optional.ofNullable(digests.get(component))
                .filter(digest -> !digest.equals(other.digests.get(component)))
                .isEmpty();
    }

    private static boolean mayBeOverwritten(RoleComponent component) {
        return component instanceof RoleComponent.Inline
                || component instanceof RoleComponent.Managed
                || component instanceof RoleComponent.Description;
    }
}
