package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

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

    /** Makes a role that is not there: with all that it is to be but its policies, which need to know where it is. */
    public static Plan creation(WantedRole.Present wanted) {
        return new Plan(List.of(new Step.CreateRole(wanted)));
    }

    /**
     * From what is known of a role to what is wanted.
     *
     * @param known what IAM has, as far as it is known
     * @param arns where the role's managed policies are
     */
    public static Plan toward(WantedRole.Present wanted, Footprint known, PolicyArns arns) {
        return toward(wanted, known, arns, Set.of());
    }

    /**
     * The same for a role on which somebody else has put what keeps it from growing.
     *
     * @param inTheWay what has to go before anything can be added
     */
    public static Plan toward(WantedRole.Present wanted, Footprint known, PolicyArns arns, Set<Facet> inTheWay) {
        List<Step> steps = new ArrayList<>();
        SortedMap<Facet, String> want = wanted.footprint().digests();
        want.forEach((facet, digest) -> {
            if (!digest.equals(known.digests().get(facet))) {
                putItself(facet, wanted).ifPresent(steps::add);
            }
        });
        inTheWay.forEach(facet -> steps.addAll(removalOf(facet, arns)));
        PolicySteps policies = new PolicySteps(wanted, want, known, arns);
        steps.addAll(policies.all());
        known.digests().keySet().stream()
                .filter(facet -> !want.containsKey(facet) && !inTheWay.contains(facet) && !policies.removed(facet))
                .flatMap(facet -> removalOf(facet, arns).stream())
                .forEach(steps::add);
        return new Plan(steps);
    }

    /**
     * From what is known of a role's policies to no role at all: IAM deletes only a role that has none. Its own managed policies go
     * when it has gone.
     */
    public static Plan removal(Footprint known, PolicyArns arns) {
        List<Step> steps = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        known.digests()
                .keySet()
                .forEach(facet -> removalOf(facet, arns)
                        .forEach(step -> (step instanceof Step.DeletePolicy ? last : steps).add(step)));
        steps.add(new Step.DeleteRole());
        steps.addAll(last);
        return new Plan(steps);
    }

    /** From what is known of a role's policies to a role that has none. */
    public static Plan clearance(Footprint known, PolicyArns arns) {
        return new Plan(known.digests().keySet().stream()
                .flatMap(facet -> removalOf(facet, arns).stream())
                .toList());
    }

    /** Deletes managed policies that a role which is not there any more has left behind. */
    public static Plan leftovers(Collection<Home> homes, PolicyArns arns) {
        return new Plan(homes.stream()
                .<Step>map(home -> new Step.DeletePolicy(arns.of(home)))
                .toList());
    }

    /** The step for what is no policy: those have an order of their own. */
    private static Optional<Step> putItself(Facet facet, WantedRole.Present wanted) {
        return switch (facet) {
            case Facet.Trust() -> Optional.of(new Step.PutTrustPolicy(wanted.trustPolicy()));
            case Facet.Tags() -> Optional.of(new Step.PutTags(wanted.tags()));
            case Facet.Boundary() -> wanted.permissionsBoundary().map(Step.PutBoundary::new);
            case Facet.Description() ->
                Optional.of(new Step.PutDescription(wanted.description().text()));
            case Facet.Inline inline -> Optional.empty();
            case Facet.Managed managed -> Optional.empty();
            case Facet.Attached(String other) -> throw neverWanted(other);
            case Facet.InInstanceProfile(String other) -> throw neverWanted(other);
        };
    }

    private static IllegalStateException neverWanted(String facet) {
        return new IllegalStateException("no role is ever wanted with " + facet);
    }

    /** Trust, tags, boundary and description go with the role and are never taken off one that stays. */
    static List<Step> removalOf(Facet facet, PolicyArns arns) {
        return switch (facet) {
            case Facet.Trust(), Facet.Tags(), Facet.Boundary(), Facet.Description() -> List.of();
            case Facet.Inline(String policy) -> List.of(new Step.DeleteInlinePolicy(policy));
            case Facet.Managed(Home home) ->
                List.of(new Step.DetachPolicy(arns.of(home)), new Step.DeletePolicy(arns.of(home)));
            case Facet.Attached(String arn) -> List.of(new Step.DetachPolicy(arn));
            case Facet.InInstanceProfile(String profile) -> List.of(new Step.LeaveInstanceProfile(profile));
        };
    }
}
