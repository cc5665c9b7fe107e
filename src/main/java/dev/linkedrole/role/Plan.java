package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calls that turn one role into another, in an order that never takes a permission away before the one that replaces
 * it is there.
 *
 * @param steps in order; none if nothing differs
 */
public record Plan(List<Step> steps) {

    public Plan {
        steps = List.copyOf(steps);
    }

    /**
     * From what is known of a role to what is wanted.
     *
     * @param known what IAM has, as far as it is known; empty if it has no such role
     */
    public static Plan toward(WantedRole.Present wanted, Optional<Footprint> known) {
        List<Step> steps = new ArrayList<>();
        SortedMap<Facet, String> have = new TreeMap<>();
        Footprint want = wanted.footprint();
        if (known.isPresent()) {
            have.putAll(known.get().digests());
        } else {
            steps.add(new Step.CreateRole(wanted));
            // A new role has all that it wants but its policies.
            want.digests().forEach((facet, digest) -> {
                if (!(facet instanceof Facet.Inline)) {
                    have.put(facet, digest);
                }
            });
        }
        want.digests().forEach((facet, digest) -> {
            if (!digest.equals(have.get(facet))) {
                steps.add(put(facet, wanted));
            }
        });
        have.keySet().stream()
                .filter(facet -> !want.digests().containsKey(facet))
                .flatMap(facet -> removalOf(facet).stream())
                .forEach(steps::add);
        return new Plan(steps);
    }

    /** From what is known of a role's policies to no role at all: IAM deletes only a role that has none. */
    public static Plan removal(Footprint known) {
        List<Step> steps = new ArrayList<>();
        known.digests().keySet().stream()
                .flatMap(facet -> removalOf(facet).stream())
                .forEach(steps::add);
        steps.add(new Step.DeleteRole());
        return new Plan(steps);
    }

    private static Step put(Facet facet, WantedRole.Present wanted) {
        return switch (facet) {
            case Facet.Trust() -> new Step.PutTrustPolicy(wanted.trustPolicy());
            case Facet.Tags() -> new Step.PutTags(wanted.tags());
            case Facet.Boundary() ->
                new Step.PutBoundary(wanted.permissionsBoundary().orElseThrow());
            case Facet.Description() ->
                new Step.PutDescription(wanted.description().text());
            case Facet.Inline(String policy) ->
                new Step.PutInlinePolicy(
                        policy, Objects.requireNonNull(wanted.inlinePolicies().get(policy)));
            case Facet.Attached(String other) -> throw neverWanted(other);
            case Facet.InInstanceProfile(String other) -> throw neverWanted(other);
        };
    }

    private static IllegalStateException neverWanted(String facet) {
        return new IllegalStateException("no role is ever wanted with " + facet);
    }

    /** Trust, tags, boundary and description go with the role and are never taken off one that stays. */
    private static Optional<Step> removalOf(Facet facet) {
        return switch (facet) {
            case Facet.Trust(), Facet.Tags(), Facet.Boundary(), Facet.Description() -> Optional.empty();
            case Facet.Inline(String policy) -> Optional.of(new Step.DeleteInlinePolicy(policy));
            case Facet.Attached(String arn) -> Optional.of(new Step.DetachPolicy(arn));
            case Facet.InInstanceProfile(String profile) -> Optional.of(new Step.LeaveInstanceProfile(profile));
        };
    }
}
