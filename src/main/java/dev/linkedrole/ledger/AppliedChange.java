package dev.linkedrole.ledger;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.Difference;
import dev.linkedrole.role.plan.RepairCounts;
import dev.linkedrole.role.state.RoleFingerprint;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That IAM was brought up to a revision.
 *
 * @param role the role's name
 * @param roleArn the role's ARN, if the role exists
 * @param fingerprint what the role looks like now; empty if there is none
 * @param placement which of its policies holds what
 * @param steps what had to be done, in words
 * @param conditions what is still not as it should be although the revision is applied
 * @param inHistory whether it belongs in the history; not if there was nothing to apply yet
 * @param at when it was done
 * @param outcome what those who wait are to be told of it; empty if nobody waits
 * @param drift what somebody else had changed about a role that had been right, and what was so put right again
 * @param settingsChanged whether a role that had been right had to become another without an event
 * @param repairs what the latest comparisons with IAM had to put right again and again
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

    /** One where nobody else had changed anything. */
    public AppliedChange(
            RoleName role,
            Optional<String> roleArn,
            Optional<RoleFingerprint> fingerprint,
            Placement placement,
            List<String> steps,
            List<Condition> conditions,
            boolean inHistory,
            Instant at,
            Optional<Outcome> outcome) {
        this(
                role,
                roleArn,
                fingerprint,
                placement,
                steps,
                conditions,
                inHistory,
                at,
                outcome,
                List.of(),
                false,
                RepairCounts.NONE);
    }

    /** The same, and this is what somebody else had changed before. */
    public AppliedChange after(List<Difference> changes) {
        return new AppliedChange(
                role,
                roleArn,
                fingerprint,
                placement,
                steps,
                conditions,
                inHistory,
                at,
                outcome,
                changes,
                settingsChanged,
                repairs);
    }

    /** The same, for which other settings or another catalog are the reason. */
    public AppliedChange becauseOfSettings() {
        return new AppliedChange(
                role, roleArn, fingerprint, placement, steps, conditions, inHistory, at, outcome, drift, true, repairs);
    }

    /** The same, with repairs in a row counted so. */
    public AppliedChange with(RepairCounts counted) {
        return new AppliedChange(
                role,
                roleArn,
                fingerprint,
                placement,
                steps,
                conditions,
                inHistory,
                at,
                outcome,
                drift,
                settingsChanged,
                counted);
    }
}
