package dev.linkedrole.reconcile.apply;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * State of a role at the end of a reconciliation, complete or not.
 *
 * @param arn its ARN, if IAM returned it
 * @param fingerprint fingerprint of the role; empty if there is none
 * @param placement the policy of each statement
 * @param steps steps that were done
 * @param drift changes to the role since it was last written
 * @param notOurs reason why a role of the same name is not ours and was left alone, if there is one
 * @param open steps that were not done, since IAM rejected them or steps that they need
 */
public record RoleState(
        Optional<String> arn,
        Optional<RoleFingerprint> fingerprint,
        Placement placement,
        List<Step> steps,
        List<Difference> drift,
        Optional<String> notOurs,
        List<PlanProgress.Open> open) {

    public static final RoleState NONE = gone(List.of());

    /** Returns the state of a role that does not exist, or was deleted. */
    static RoleState gone(List<Step> steps) {
        return new RoleState(
                Optional.empty(), Optional.empty(), Placement.NONE, steps, List.of(), Optional.empty(), List.of());
    }

    /** Returns this state with steps that were not done. */
    RoleState leaving(List<PlanProgress.Open> undone) {
        return new RoleState(arn, fingerprint, placement, steps, drift, notOurs, undone);
    }

    /** Returns the state for a name that a role of others has. */
    RoleState notOurs(String why) {
        return new RoleState(arn, fingerprint, placement, steps, drift, Optional.of(why), open);
    }

    /** Returns this state after changes by others. */
    RoleState after(List<Difference> changes) {
        return new RoleState(arn, fingerprint, placement, steps, changes, notOurs, open);
    }

    /** Returns this state after an earlier plan. */
    RoleState after(Plan before) {
        return new RoleState(
                arn,
                fingerprint,
                placement,
                Stream.concat(before.steps().stream(), steps.stream()).toList(),
                drift,
                notOurs,
                open);
    }

    /** True if the role is as desired in everything that matters. */
    public boolean inForce() {
        return progress().inForce();
    }

    /** Returns the conditions for the steps that were not done. */
    public List<Condition> conditions(Instant at) {
        return progress().conditions(at);
    }

    private PlanProgress progress() {
        return new PlanProgress(arn, steps, open);
    }

    public List<String> summaries() {
        return steps.stream().map(Step::summary).toList();
    }
}
