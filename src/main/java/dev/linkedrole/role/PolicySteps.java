package dev.linkedrole.role;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The calls that bring a role's permission policies to what is wanted, growing before shrinking. */
final class PolicySteps {

    private static final SortedSet<Allowance> NOTHING = Collections.unmodifiableSortedSet(new TreeSet<>());

    private final WantedRole.Present wanted;
    private final PolicyArns arns;
    private final SortedMap<Facet, String> known;
    private final SortedMap<Facet, String> want;
    private final SortedMap<Home, String> documents;
    private final Set<Facet> removed = new HashSet<>();
    private final PlanDraft draft;
    private final Set<Integer> beforeGrowth;
    private final Whereabouts whereabouts;

    /**
     * @param draft where they are added
     * @param beforeGrowth what has to be done before anything is granted
     */
    PolicySteps(
            WantedRole.Present wanted, Footprint known, PolicyArns arns, PlanDraft draft, Set<Integer> beforeGrowth) {
        this.wanted = wanted;
        this.arns = arns;
        this.known = new TreeMap<>(known.digests());
        this.want = wanted.footprint().digests();
        this.documents = wanted.packing().documents();
        this.draft = draft;
        this.beforeGrowth = beforeGrowth;
        this.whereabouts = new Whereabouts(wanted.packing());
    }

    void addAll() {
        // The moves lead there from where everything was known to be: they are nothing to a role that is there.
        if (!isThere()) {
            wanted.packing().moves().forEach(this::move);
        }
        documents.forEach((home, document) -> {
            Facet facet = Facet.of(home);
            if (!digest(want, facet).equals(digest(known, facet))) {
                put(home, document, keys(wanted.packing().contents().getOrDefault(home, NOTHING)));
            }
        });
    }

    private boolean isThere() {
        return documents.keySet().stream()
                .map(Facet::of)
                .allMatch(facet -> digest(want, facet).equals(digest(known, facet)));
    }

    /** Whether a policy that is not wanted was taken away on the way. */
    boolean removed(Facet facet) {
        return removed.contains(facet);
    }

    private void move(Move move) {
        Facet facet = Facet.of(move.home());
        if (!move.content().isEmpty()) {
            removed.remove(facet);
            put(move.home(), Statements.policy(move.content()), keys(move.content()));
        } else if (known.remove(facet) != null) {
            removed.add(facet);
            Set<Integer> needed = whereabouts.neededFor(move.home(), Set.of());
            whereabouts.written(move.home(), Set.of(), draft.addChain(ComponentSteps.removing(facet, arns), needed));
        }
    }

    private static Set<String> keys(Collection<Allowance> allowances) {
        return allowances.stream().map(Allowance::key).collect(Collectors.toSet());
    }

    private void put(Home home, String document, Set<String> keys) {
        Facet facet = Facet.of(home);
        String before = digest(known, facet);
        String after = PolicyDocument.digest(document);
        if (after.equals(before)) {
            return;
        }
        known.put(facet, after);
        Set<Integer> needed = new HashSet<>(beforeGrowth);
        needed.addAll(whereabouts.neededFor(home, keys));
        whereabouts.written(home, keys, draft.addChain(writing(home, document, before), needed));
    }

    private List<Step> writing(Home home, String document, String before) {
        if (home.isInline()) {
            return List.of(ComponentSteps.rewriting(home, document, arns));
        }
        String arn = arns.of(home);
        if (before.isEmpty()) {
            return List.of(new Step.CreatePolicy(arn, document, wanted.ownership()), new Step.AttachPolicy(arn));
        }
        Step rewriting = ComponentSteps.rewriting(home, document, arns);
        return before.equals(Footprint.UNATTACHED)
                ? List.of(rewriting, new Step.AttachPolicy(arn))
                : List.of(rewriting);
    }

    private static String digest(SortedMap<Facet, String> digests, Facet facet) {
        return digests.getOrDefault(facet, "");
    }
}
