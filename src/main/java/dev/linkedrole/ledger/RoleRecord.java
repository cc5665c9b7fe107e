package dev.linkedrole.ledger;

import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Footprint;
import dev.linkedrole.role.InstanceArn;
import dev.linkedrole.role.LinkedRole;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One role as the ledger has it: what is desired, and what is known to be in IAM.
 *
 * @param role what is known of the instance
 * @param revision grows by one with each event that changed what is known; 0 before the first
 * @param appliedRevision the newest revision known to be in IAM, never above {@code revision}
 * @param applied what the role looked like in IAM then; empty if it has none
 * @param roleName the role's name, once anything was applied
 * @param roleArn the role's ARN, once it was made
 * @param conditions what keeps the role from being what is desired
 * @param changedAt when the newest revision was recorded, by this service's clock
 */
public record RoleRecord(
        LinkedRole role,
        long revision,
        long appliedRevision,
        Optional<Footprint> applied,
        Optional<String> roleName,
        Optional<String> roleArn,
        List<Condition> conditions,
        Instant changedAt) {

    public RoleRecord {
        conditions = List.copyOf(conditions);
    }

    /** The record of an instance of which nothing was recorded yet. */
    public static RoleRecord blank(InstanceArn instance) {
        return new RoleRecord(
                LinkedRole.unknown(instance),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Instant.EPOCH);
    }

    /** The record once an event that led to this state was recorded in it. */
    public RoleRecord next(LinkedRole after, Instant at) {
        return new RoleRecord(after, revision + 1, appliedRevision, applied, roleName, roleArn, conditions, at);
    }

    /** Whether all that is recorded is known to be in IAM. */
    public boolean settled() {
        return appliedRevision == revision;
    }
}
