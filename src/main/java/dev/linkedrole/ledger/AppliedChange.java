package dev.linkedrole.ledger;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.RepairCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The fact that IAM was brought up to a revision.
 *
 * @param role the role's name
 * @param roleArn the role's ARN, if the role exists
 * @param fingerprint fingerprint of the role now; empty if the role does not exist
 * @param placement the policy of each statement
 * @param steps steps that were done, in words
 * @param conditions conditions that remain although the revision is applied
 * @param inHistory true if it belongs in the history; false if there was nothing to apply yet
 * @param at time of the change
 * @param outcome the outcome for the pending acknowledgements; empty if there are none
 * @param drift changes by others to a role that had been right, which were repaired
 * @param settingsChanged true if a role that had been right had to change without an event
 * @param repairs components that the latest comparisons with IAM repaired again and again
 */
public record AppliedChange(
        RoleName role,
        Optional<String> roleArn,
        Optional<RoleFingerprint> fingerprint,
        Placement placement,
        List<String> steps,
        List<Condition> conditions,
        boolean inHistory,
        Instant at,
        Optional<Outcome> outcome,
        List<Difference> drift,
        boolean settingsChanged,
        RepairCounts repairs) {

    public AppliedChange {
        steps = List.copyOf(steps);
        conditions = List.copyOf(conditions);
        drift = List.copyOf(drift);
    }

    /** Returns the outcome of the repair of changes by others; empty if there were none, or only contested ones. */
    public Optional<Outcome.RoleRepaired> repair(RoleRecord record) {
        return drift.isEmpty() || !inHistory
                ? Optional.empty()
                : Optional.of(new Outcome.RoleRepaired(
                        new Outcome.Subject(
                                record.role().instance(), role, roleArn.or(record::roleArn), record.revision()),
                        drift,
                        steps,
                        at));
    }
}
