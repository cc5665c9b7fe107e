package dev.linkedrole.role;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Works out the calls that turn one role into another, growing before shrinking. */
public final class Planner {

    private Planner() {}

    /** Makes a role that is not there: with all that it is to be but its policies, which need to know where it is. */
    public static Plan creation(WantedRole.Present wanted, Optional<Instant> recordedAt) {
        return new Plan(List.of(new Step.CreateRole(wanted, recordedAt)));
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
        return toward(wanted, known, arns, inTheWay, true);
    }

    /**
     * The same for a role that is taken over. It has to be marked as ours before anything else is done to it, and gets no permission
     * while it trusts whom its former owner trusted.
     *
     * @param ours whether it is marked as ours already
     */
    public static Plan toward(
            WantedRole.Present wanted, Footprint known, PolicyArns arns, Set<Facet> inTheWay, boolean ours) {
        PlanDraft draft = new PlanDraft();
        Set<Integer> beforeGrowth = new TreeSet<>();
        SortedMap<Facet, String> want = wanted.footprint().digests();
        differing(want, known)
                .flatMap(facet -> ComponentSteps.putting(facet, wanted).stream())
                .forEach(step -> {
                    int index = draft.add(step, Set.of());
                    if (!ours && step instanceof Step.PutTags) {
                        draft.allElseNeeds(index);
                    }
                    if (!ours && step instanceof Step.PutTrustPolicy) {
                        beforeGrowth.add(index);
                    }
                });
        inTheWay.forEach(facet -> draft.addChain(ComponentSteps.removing(facet, arns), Set.of()));
        PolicySteps policies = new PolicySteps(wanted, known, arns, draft, beforeGrowth);
        policies.addAll();
        known.digests().keySet().stream()
                .filter(facet -> !want.containsKey(facet) && !inTheWay.contains(facet) && !policies.removed(facet))
                .forEach(facet -> draft.addChain(ComponentSteps.removing(facet, arns), Set.of()));
        // The last and the least: nothing waits for it, and nothing goes wrong without it.
        differing(want, known)
                .filter(Facet.Description.class::isInstance)
                .forEach(facet ->
                        draft.add(new Step.PutDescription(wanted.description().text()), Set.of()));
        return draft.plan();
    }

    private static Stream<Facet> differing(SortedMap<Facet, String> want, Footprint known) {
        return want.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(known.digests().get(entry.getKey())))
                .map(Map.Entry::getKey);
    }

    /**
     * Takes from a role's own policies what is not wanted any more and adds nothing to them: for a role that could not be made what is
     * wanted.
     *
     * @param known the role as far as it got; a policy of which it is not known what it holds is left
     */
    public static Plan pruning(WantedRole.Present wanted, KnownRole known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        SortedMap<Facet, String> want = wanted.footprint().digests();
        SortedMap<Facet, String> has = known.footprint().digests();
        known.placement().keys().forEach((home, keys) -> {
            String digest = has.getOrDefault(Facet.of(home), Footprint.UNATTACHED);
            if (digest.equals(Footprint.UNATTACHED) || digest.equals(want.get(Facet.of(home)))) {
                return;
            }
            List<Allowance> kept = wanted.allowances().stream()
                    .filter(allowance -> keys.contains(allowance.key()))
                    .toList();
            String document = Statements.policy(kept);
            if (kept.isEmpty()) {
                draft.addChain(ComponentSteps.removing(Facet.of(home), arns), Set.of());
            } else if (!digest.equals(PolicyDocument.digest(document))) {
                draft.add(ComponentSteps.rewriting(home, document, arns), Set.of());
            }
        });
        return draft.plan();
    }

    /**
     * From what is known of a role's policies to no role at all: IAM deletes only a role that has none. Its own managed policies go
     * when it has gone.
     */
    public static Plan removal(Footprint known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        Map<Step, Set<Integer>> last = new LinkedHashMap<>();
        Set<Integer> before = new TreeSet<>();
        known.digests().keySet().forEach(facet -> {
            Set<Integer> detached = new TreeSet<>();
            ComponentSteps.removing(facet, arns).forEach(step -> {
                if (step instanceof Step.DeletePolicy) {
                    last.put(step, detached);
                } else {
                    detached.add(draft.add(step, Set.of()));
                }
            });
            before.addAll(detached);
        });
        draft.add(new Step.DeleteRole(), before);
        last.forEach(draft::add);
        return draft.plan();
    }

    /** From what is known of a role's policies to a role that has none. */
    public static Plan clearance(Footprint known, PolicyArns arns) {
        PlanDraft draft = new PlanDraft();
        known.digests().keySet().forEach(facet -> draft.addChain(ComponentSteps.removing(facet, arns), Set.of()));
        return draft.plan();
    }

    /** Deletes managed policies that a role which is not there any more has left behind. */
    public static Plan leftovers(Collection<Home> homes, PolicyArns arns) {
        return new Plan(homes.stream()
                .<Step>map(home -> new Step.DeletePolicy(arns.of(home)))
                .toList());
    }
}
