package dev.linkedrole.role.state;

import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.DesiredDescription;
import dev.linkedrole.role.model.Digest;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.PolicyDocument;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Fingerprint that an account scan should show for a role that has not been changed since it was last right; small
 * enough to be kept for a hundred thousand roles at once. A difference only means that the role has to be read by
 * itself.
 *
 * <p>A scan does not show the tags of managed policies. A policy with the expected content counts as ours.
 *
 * @param digest the digest of the role; empty if the role should not exist
 * @param compared components that are compared
 * @param policies digest of each managed policy that may be the role's own, by its ARN; an empty text if the policy
 *     should not exist
 * @param description the description set by an operator, if any; not visible in a scan
 */
public record ExpectedFingerprint(
        Optional<String> digest,
        Optional<ComparedComponents> compared,
        SortedMap<String, String> policies,
        Optional<String> description) {

    private static final String NONE = "";

    public ExpectedFingerprint {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** Returns the fingerprint of a role that should not exist, nor any of its managed policies. */
    public static ExpectedFingerprint ofNone(PolicyArns arns, int slots) {
        return new ExpectedFingerprint(Optional.empty(), Optional.empty(), none(arns, slots), Optional.empty());
    }

    /**
     * Returns the fingerprint of a role that should be as desired.
     *
     * @param slots maximum number of managed policies that the role may ever have had
     */
    public static ExpectedFingerprint of(DesiredRole.Present desired, PolicyArns arns, int slots) {
        SortedMap<RoleComponent, String> seen = new TreeMap<>();
        SortedMap<String, String> policies = none(arns, slots);
        desired.fingerprint().digests().forEach((component, digest) -> {
            switch (component) {
                case RoleComponent.Managed(PolicySlot slot) -> {
                    String arn = arns.of(slot);
                    policies.put(arn, digest);
                    seen.put(new RoleComponent.Attached(arn), Digest.of(arn));
                }
                case RoleComponent.Description() -> {
                    // A scan does not show it.
                }
                case RoleComponent.Trust(), RoleComponent.Tags(), RoleComponent.Boundary() ->
                    seen.put(component, digest);
                case RoleComponent.Inline inline -> seen.put(component, digest);
                case RoleComponent.Attached attached -> seen.put(component, digest);
                case RoleComponent.InInstanceProfile profile -> seen.put(component, digest);
            }
        });
        return new ExpectedFingerprint(
                Optional.of(digest(new RoleFingerprint(seen))),
                Optional.of(ComparedComponents.of(desired).withoutDescription()),
                policies,
                Optional.of(desired.description())
                        .filter(DesiredDescription::edited)
                        .map(DesiredDescription::text));
    }

    private static SortedMap<String, String> none(PolicyArns arns, int slots) {
        SortedMap<String, String> policies = new TreeMap<>();
        for (int number = 1; number <= slots; number++) {
            policies.put(arns.of(new PolicySlot(number)), NONE);
        }
        return policies;
    }

    /** True if the role is expected to exist. */
    public boolean ofRole() {
        return digest.isPresent();
    }

    /** True if a managed policy of this ARN is expected. */
    public boolean ofPolicy(String arn) {
        return !NONE.equals(policies.getOrDefault(arn, NONE));
    }

    /** True if a role looks as expected. */
    public boolean isMetBy(ActualRole.Present role) {
        return ofRole()
                && compared.map(compared ->
                                digest(role.without(compared.leaveAlone()).fingerprint(compared)))
                        .equals(digest);
    }

    /**
     * True if a managed policy has the expected content.
     *
     * @param document its document, as JSON
     */
    public boolean isMetBy(String policyArn, String document) {
        return PolicyDocument.digest(document).equals(policies.get(policyArn));
    }

    private static String digest(RoleFingerprint fingerprint) {
        StringBuilder all = new StringBuilder();
        fingerprint
                .digests()
                .forEach((component, digest) ->
                        all.append(component.key()).append(' ').append(digest).append('\n'));
        return Digest.of(all.toString());
    }
}
