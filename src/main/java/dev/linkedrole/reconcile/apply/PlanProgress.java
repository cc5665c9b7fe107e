package dev.linkedrole.reconcile.apply;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.plan.Step;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The steps of a plan that were done and those that are open.
 *
 * @param arn the role's ARN, if one of the steps made the role
 * @param done the steps that were done, in order
 * @param open the steps that were not done
 */
record PlanProgress(Optional<String> arn, List<Step> done, List<Open> open) {

    /** Maximum number of open steps that a condition names. */
    private static final int MAX_NAMED = 10;

    private static final String STILL_OPEN = ". Still open: ";

    PlanProgress {
        done = List.copyOf(done);
        open = List.copyOf(open);
    }

    /**
     * A step that was not done.
     *
     * @param failure the failure of the step; empty if it needs another step that was not done
     */
    record Open(Step step, Optional<Throwable> failure) {

        /** True if IAM protects the role for its service. */
        boolean isProtection() {
            return failure.filter(why -> IamCallException.is(why, Kind.PROTECTED)
                            || (why instanceof BlockedException blocked
                                    && blocked.type() == Condition.Type.ProtectedRole))
                    .isPresent();
        }
    }

    /** True for a step that IAM permits on a service-linked role as well. */
    static boolean isForEverybody(Step step) {
        return step instanceof Step.CreateRole || step instanceof Step.PutTags || step instanceof Step.PutDescription;
    }

    /** Returns the steps that were tried and rejected. */
    List<Step> rejectedSteps() {
        return open.stream()
                .filter(left -> left.failure().isPresent())
                .map(Open::step)
                .toList();
    }

    /** Returns the combined progress of this plan and another one. */
    PlanProgress and(PlanProgress other) {
        return new PlanProgress(
                arn.or(other::arn),
                Stream.concat(done.stream(), other.done.stream()).toList(),
                Stream.concat(open.stream(), other.open.stream()).toList());
    }

    /** True if everything but the description is done, since no permission depends on the description. */
    boolean inForce() {
        return open.stream().allMatch(left -> left.step() instanceof Step.PutDescription);
    }

    /** Returns one condition for each kind of rejected steps; each quotes IAM's answer, and names all open steps. */
    List<Condition> conditions(Instant at) {
        Map<Condition.Type, Set<String>> said = new EnumMap<>(Condition.Type.class);
        open.forEach(left -> left.failure().ifPresent(why -> {
            Condition condition = IamConditions.conditionOf(why, at);
            // A condition that is known from before lists the steps that were open then.
            said.computeIfAbsent(condition.type(), type -> new LinkedHashSet<>())
                    .add(condition.detail().split(STILL_OPEN, 2)[0]);
        }));
        return said.entrySet().stream()
                .map(entry ->
                        new Condition(entry.getKey(), String.join("; ", entry.getValue()) + STILL_OPEN + named(), at))
                .toList();
    }

    private String named() {
        List<String> names =
                open.stream().map(left -> left.step().order()).distinct().toList();
        String named = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        return named + (names.size() > MAX_NAMED ? " and " + (names.size() - MAX_NAMED) + " more" : "");
    }
}
