package dev.linkedrole.role;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The calls that bring a role's permission policies to what is wanted, growing before shrinking. */
final class PolicySteps {

    private final WantedRole.Present wanted;
    private final PolicyArns arns;
    private final SortedMap<Facet, String> known;
    private final SortedMap<Facet, String> want;
    private final SortedMap<Home, String> documents;
    private final Set<Facet> removed = new HashSet<>();
    private final List<Step> steps = new ArrayList<>();

    /**
     * @param want the digests of what is wanted
     */
    PolicySteps(WantedRole.Present wanted, SortedMap<Facet, String> want, Footprint known, PolicyArns arns) {
        this.wanted = wanted;
        this.arns = arns;
        this.known = new TreeMap<>(known.digests());
        this.want = want;
        this.documents = wanted.packing().documents();
    }

    List<Step> all() {
        // The moves lead there from where everything was known to be: they are nothing to a role that is there.
        if (!isThere()) {
            wanted.packing().moves().forEach(this::move);
        }
        documents.forEach((home, document) -> {
            Facet facet = home.facet();
            if (!digest(want, facet).equals(digest(known, facet))) {
                put(home, document);
            }
        });
        return steps;
    }

    private boolean isThere() {
        return documents.keySet().stream()
                .map(Home::facet)
                .allMatch(facet -> digest(want, facet).equals(digest(known, facet)));
    }

    /** Whether a policy that is not wanted was taken away on the way. */
    boolean removed(Facet facet) {
        return removed.contains(facet);
    }

    private void move(Move move) {
        Facet facet = move.home().facet();
        if (!move.content().isEmpty()) {
            removed.remove(facet);
            put(move.home(), Statements.policy(move.content()));
        } else if (known.remove(facet) != null) {
            removed.add(facet);
            steps.addAll(Plan.removalOf(facet, arns));
        }
    }

    private void put(Home home, String document) {
        Facet facet = home.facet();
        String before = digest(known, facet);
        String after = PolicyDocument.digest(document);
        if (after.equals(before)) {
            return;
        }
        known.put(facet, after);
        if (home.isInline()) {
            steps.add(new Step.PutInlinePolicy(PolicyCompiler.INLINE_POLICY, document));
            return;
        }
        String arn = arns.of(home);
        steps.add(
                before.isEmpty()
                        ? new Step.CreatePolicy(arn, document, wanted.tags())
                        : new Step.PutPolicyVersion(arn, document));
        if (before.isEmpty() || before.equals(Footprint.UNATTACHED)) {
            steps.add(new Step.AttachPolicy(arn));
        }
    }

    private static String digest(SortedMap<Facet, String> digests, Facet facet) {
        return digests.getOrDefault(facet, "");
    }
}
