package dev.linkedrole.role.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** Builder of a plan. */
final class PlanDraft {

    private final List<Step> steps = new ArrayList<>();
    private final List<Set<Integer>> needs = new ArrayList<>();
    private OptionalInt first = OptionalInt.empty();

    /**
     * Adds a step.
     *
     * @param needed the indexes of the steps that it needs
     * @return its own index
     */
    int add(Step step, Collection<Integer> needed) {
        Set<Integer> all = new TreeSet<>(needed);
        first.ifPresent(all::add);
        steps.add(step);
        needs.add(all);
        return steps.size() - 1;
    }

    /**
     * Adds steps, each of which needs the one before it.
     *
     * @return the indexes of all steps
     */
    Set<Integer> addChain(List<Step> chain, Collection<Integer> needed) {
        Set<Integer> added = new TreeSet<>();
        for (Step step : chain) {
            Set<Integer> all = new TreeSet<>(needed);
            all.addAll(added);
            added.add(add(step, all));
        }
        return added;
    }

    /** Makes all steps that are added later need a step. */
    void allElseNeeds(int index) {
        first = OptionalInt.of(index);
    }

    Plan plan() {
        return new Plan(steps, needs);
    }
}
