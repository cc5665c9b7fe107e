package dev.linkedrole.role;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is to be seen of a role at a glance over its whole account if nobody has touched it since it was last right, in a form
 * that is small enough to be kept of a hundred thousand roles at once. That something else is seen says that the role has to be
 * looked at properly; it never says what to do.
 *
 * <p>At a glance one does not see which tags a managed policy carries. One that says what it should is taken to be ours.
 *
 * @param look the digest of the role; empty if there is to be none
 * @param aspects what of it is compared
 * @param policies by its ARN, the digest of each managed policy that may be the role's own; an empty one if there is to be no such policy
 * @param description how it is to be described, if somebody has said so; not to be seen at a glance
 */
public record Expectation(
        Optional<String> look,
        Optional<Aspects> aspects,
        SortedMap<String, String> policies,
        Optional<String> description) {

    private static final String NONE = "";

    public Expectation {
        policies = Collections.unmodifiableSortedMap(new TreeMap<>(policies));
    }

    /** There is to be no role, and none of so many managed policies. */
    public static Expectation ofNone(PolicyArns arns, int homes) {
        return new Expectation(Optional.empty(), Optional.empty(), none(arns, homes), Optional.empty());
    }

    /**
     * The role is to be as it is wanted.
     *
     * @param homes how many managed policies it may ever have had
     */
    public static Expectation of(WantedRole.Present wanted, PolicyArns arns, int homes) {
        SortedMap<Facet, String> seen = new TreeMap<>();
        SortedMap<String, String> policies = none(arns, homes);
        wanted.footprint().digests().forEach((facet, digest) -> {
            switch (facet) {
                case Facet.Managed(Home home) -> {
                    String arn = arns.of(home);
                    policies.put(arn, digest);
                    seen.put(new Facet.Attached(arn), Digest.of(arn));
                }
                case Facet.Description() -> {
                    // Not to be seen.
                }
                case Facet.Trust(), Facet.Tags(), Facet.Boundary() -> seen.put(facet, digest);
                case Facet.Inline inline -> seen.put(facet, digest);
                case Facet.Attached attached -> seen.put(facet, digest);
                case Facet.InInstanceProfile profile -> seen.put(facet, digest);
            }
        });
        return new Expectation(
                Optional.of(digest(new Footprint(seen))),
                Optional.of(Aspects.of(wanted).withoutDescription()),
                policies,
                Optional.of(wanted.description())
                        .filter(WantedDescription::edited)
                        .map(WantedDescription::text));
    }

    private static SortedMap<String, String> none(PolicyArns arns, int homes) {
        SortedMap<String, String> policies = new TreeMap<>();
        for (int number = 1; number <= homes; number++) {
            policies.put(arns.of(new Home(number)), NONE);
        }
        return policies;
    }

    /** Whether there is to be a role. */
    public boolean ofRole() {
        return look.isPresent();
    }

    /** Whether there is to be a managed policy of this ARN. */
    public boolean ofPolicy(String arn) {
        return !NONE.equals(policies.getOrDefault(arn, NONE));
    }

    /** Whether a role looks as it should. */
    public boolean isMetBy(ActualRole.Present role) {
        return ofRole()
                && aspects.map(compared -> digest(role.footprint(compared))).equals(look);
    }

    /**
     * Whether a managed policy says what it should.
     *
     * @param document what it says, as JSON
     */
    public boolean isMetBy(String policyArn, String document) {
        return PolicyDocument.digest(document).equals(policies.get(policyArn));
    }

    private static String digest(Footprint footprint) {
        StringBuilder all = new StringBuilder();
        footprint
                .digests()
                .forEach((facet, digest) ->
                        all.append(facet.key()).append(' ').append(digest).append('\n'));
        return Digest.of(all.toString());
    }
}
