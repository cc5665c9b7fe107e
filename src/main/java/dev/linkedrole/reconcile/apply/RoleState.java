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
 * A role once it is what was wanted, or as far as it got.
 *
 * @param arn its ARN, as far as IAM said it on the way
 * @param fingerprint fingerprint of the role; empty if there is none
 * @param placement the policy of each statement
 * @param steps steps that were done
 * @param drift changes to the role since it was last written
 * @param notOurs condition for a role of the same name that is not ours and was left alone, if there is one
 * @param open steps that were not done, since IAM rejected them
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

    /** There is no role, or none any more. */
    static RoleState gone(List<Step> steps) {
        return new RoleState(
                Optional.empty(), Optional.empty(), Placement.NONE, steps, List.of(), Optional.empty(), List.of());
    }

    /** The same, with this not done. */
    RoleState leaving(List<PlanProgress.Open> undone) {
        return new RoleState(arn, fingerprint, placement, steps, drift, notOurs, undone);
    }

    /** There is none of ours, but one of others with the name. */
    RoleState notOurs(String why) {
        return new RoleState(arn, fingerprint, placement, steps, drift, Optional.of(why), open);
    }

    /** The same, after these changes by others. */
    RoleState after(List<Difference> changes) {
        return new RoleState(arn, fingerprint, placement, steps, changes, notOurs, open);
    }

    /** The same, with what had been done before. */
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
        return carried().inForce();
    }

    /** Conditions for the steps that were not done. */
    public List<Condition> conditions(Instant at) {
        return carried().conditions(at);
    }

    private PlanProgress carried() {
        return new PlanProgress(arn, steps, open);
    }

    public List<String> summaries() {
        return steps.stream().map(Step::summary).toList();
    }
}
