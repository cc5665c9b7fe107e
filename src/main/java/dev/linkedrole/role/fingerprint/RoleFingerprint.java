package dev.linkedrole.role.fingerprint;

import dev.linkedrole.role.packing.PolicySlot;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fingerprint of a role: the digests of its components. Small enough for the ledger, and sufficient to find
 * differences.
 *
 * @param digests each component the role has, with the digest of its content
 */
public record RoleFingerprint(SortedMap<RoleComponent, String> digests) {

    /** Fingerprint of a role without components. */
    public static final RoleFingerprint BARE = new RoleFingerprint(new TreeMap<>());

    /** Digest that no content has: a component with it differs from any desired one. */
    public static final String UNKNOWN = "?";

    /** Digest of a managed policy that exists and is not attached. */
    public static final String UNATTACHED = "unattached";

    public RoleFingerprint {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /**
     * Returns the fingerprint with the digests of policies and description unknown, for a role that a slower replica
     * may have overwritten. Components that no two replicas write differently (trust, tags, boundary) are kept.
     */
    public RoleFingerprint withoutPolicyContent() {
        SortedMap<RoleComponent, String> forgotten = new TreeMap<>(digests);
        forgotten.replaceAll(
                (component, digest) -> mayBeOverwritten(component) && !digest.equals(UNATTACHED) ? UNKNOWN : digest);
        return new RoleFingerprint(forgotten);
    }

    /** Returns the fingerprint with exactly these managed policies of the role's own, whose content is unknown. */
    public RoleFingerprint withManaged(Collection<PolicySlot> managed) {
        SortedMap<RoleComponent, String> all = new TreeMap<>(digests);
        all.keySet().removeIf(RoleComponent.Managed.class::isInstance);
        managed.forEach(slot -> all.put(new RoleComponent.Managed(slot), UNKNOWN));
        return new RoleFingerprint(all);
    }

    /** True if this fingerprint and another one differ in the description only. */
    public boolean hasAllButDescription(RoleFingerprint other) {
        RoleComponent description = new RoleComponent.Description();
        SortedMap<RoleComponent, String> rest = new TreeMap<>(digests);
        SortedMap<RoleComponent, String> otherRest = new TreeMap<>(other.digests);
        rest.remove(description);
        otherRest.remove(description);
        return !equals(other) && rest.equals(otherRest);
    }

    /** True unless the digest of the component is known and differs from that of another fingerprint. */
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
