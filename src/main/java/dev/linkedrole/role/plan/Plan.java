package dev.linkedrole.role.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The IAM calls that turn one role into another, in an order that never revokes a permission before its replacement
 * exists. Each step lists the earlier steps that it needs; if one is rejected, all others that do not need it are still
 * done.
 *
 * @param steps in order; none if nothing differs
 * @param needs for each step the indexes of the earlier steps that it needs
 */
public record Plan(List<Step> steps, List<Set<Integer>> needs) {

    public Plan {
        steps = List.copyOf(steps);
        needs = List.copyOf(needs);
    }

    /** Creates a plan of independent steps. */
    public Plan(List<Step> steps) {
        this(steps, Collections.nCopies(steps.size(), Set.of()));
    }

    /** Returns this plan without some of its steps, and without those that need them. */
    public Plan without(Collection<Step> others) {
        List<Step> kept = new ArrayList<>();
        List<Set<Integer>> keptNeeds = new ArrayList<>();
        Map<Integer, Integer> moved = new HashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            Set<Integer> needed = needs.get(i);
            if (!others.contains(steps.get(i)) && moved.keySet().containsAll(needed)) {
                moved.put(i, kept.size());
                kept.add(steps.get(i));
                keptNeeds.add(needed.stream().map(moved::get).collect(Collectors.toCollection(TreeSet::new)));
            }
        }
        return new Plan(kept, keptNeeds);
    }
}
