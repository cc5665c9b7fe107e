package dev.linkedrole.ledger;

import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleIdentity;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.GrantWrite;
import dev.linkedrole.role.model.InstanceArn;
import dev.linkedrole.role.model.LinkedRole;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.packing.Placement;
import dev.linkedrole.role.plan.RepairCounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Record of one role in the ledger: what is desired, and what is known to be in IAM.
 *
 * @param role the state of the instance's role
 * @param revision number of transactions whose events changed the state; 0 before the first
 * @param appliedRevision the newest revision known to be in IAM, never above {@code revision}
 * @param applied fingerprint of the role in IAM at the applied revision; empty if it has none
 * @param placement the policy of each statement at the applied revision
 * @param slots number of managed policies that may ever have been made for the role: the highest number that was {@link
 *     Ledger#reserve reserved}
 * @param roleName the role's name, once anything was applied
 * @param roleArn the role's ARN, once it was created and anything was applied or reserved
 * @param conditions conditions that keep the role from being as desired
 * @param changedAt time at which the newest revision was recorded, by this service's clock
 * @param pendingAcknowledgements events whose outcome is not published yet; empty where outcomes are not published
 * @param identity identity with which the role is created and recognised, once it was desired; older records may have
 *     none
 * @param repairs components that the latest comparisons with IAM repaired again and again
 */
public record RoleRecord(
        LinkedRole role,
        long revision,
        long appliedRevision,
        Optional<RoleFingerprint> applied,
        Placement placement,
        int slots,
        Optional<String> roleName,
        Optional<String> roleArn,
        List<Condition> conditions,
        Instant changedAt,
        PendingAcknowledgements pendingAcknowledgements,
        Optional<RoleIdentity> identity,
        RepairCounts repairs) {

    public RoleRecord {
        conditions = List.copyOf(conditions);
    }

    /** Returns the record of an instance of which nothing was recorded yet. */
    public static RoleRecord blank(InstanceArn instance) {
        return new RoleRecord(
                LinkedRole.unknown(instance),
                0,
                0,
                Optional.empty(),
                Placement.NONE,
                0,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Instant.EPOCH,
                PendingAcknowledgements.NOBODY,
                Optional.empty(),
                RepairCounts.NONE);
    }

    /** Returns the record after events that led to this state were recorded. */
    public RoleRecord next(LinkedRole after, Instant at) {
        return new RoleRecord(
                after,
                revision + 1,
                appliedRevision,
                applied,
                placement,
                slots,
                roleName,
                roleArn,
                conditions,
                at,
                pendingAcknowledgements,
                identity,
                repairs);
    }

    /** Returns this record with further disabled grants. */
    public RoleRecord with(SortedMap<Grant, GrantWrite> disabled) {
        return with(role.with(disabled), pendingAcknowledgements, identity);
    }

    /** Returns this record with other pending acknowledgements. */
    public RoleRecord with(PendingAcknowledgements others) {
        return with(role, others, identity);
    }

    /** Returns this record with an identity. */
    public RoleRecord with(RoleIdentity known) {
        return with(role, pendingAcknowledgements, Optional.of(known));
    }

    private RoleRecord with(LinkedRole state, PendingAcknowledgements pending, Optional<RoleIdentity> known) {
        return new RoleRecord(
                state,
                revision,
                appliedRevision,
                applied,
                placement,
                slots,
                roleName,
                roleArn,
                conditions,
                changedAt,
                pending,
                known,
                repairs);
    }

    /** Returns the record after its role was created under this ARN, without any content yet. */
    public RoleRecord made(String arn) {
        return new RoleRecord(
                role,
                revision,
                appliedRevision,
                Optional.of(RoleFingerprint.BARE),
                Placement.NONE,
                slots,
                Optional.of(RoleName.ofArn(arn).value()),
                Optional.of(arn),
                conditions,
                changedAt,
                pendingAcknowledgements,
                identity,
                repairs);
    }

    /** Returns the recorded condition of this type. */
    public Optional<Condition> condition(Condition.Type type) {
        return conditions.stream().filter(known -> known.type() == type).findFirst();
    }

    /** True if everything recorded is known to be in IAM. */
    public boolean settled() {
        return appliedRevision == revision;
    }
}
