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
 * The expected look of a role in an account scan if it has not been changed since it was last right, small enough to be kept for a hundred
 * thousand roles at once. A difference means that the role has to be read by itself; it never decides what to do.
 *
 * <p>At a glance one does not see which tags a managed policy carries. One that says what it should is taken to be ours.
 *
 * @param digest the digest of the role; empty if there is to be none
 * @param compared components that are compared
 * @param policies by its ARN, the digest of each managed policy that may be the role's own; an empty one if there is to be no such policy
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

    /** There is to be no role, and none of so many managed policies. */
    public static ExpectedFingerprint ofNone(PolicyArns arns, int slots) {
        return new ExpectedFingerprint(Optional.empty(), Optional.empty(), none(arns, slots), Optional.empty());
    }

    /**
     * The role is to be as it is wanted.
     *
     * @param slots maximum number of managed policies it may ever have had
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
                    // Not to be seen.
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
                && compared.map(compared -> digest(role.fingerprint(compared))).equals(digest);
    }

    /**
     * True if a managed policy says what is expected.
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
