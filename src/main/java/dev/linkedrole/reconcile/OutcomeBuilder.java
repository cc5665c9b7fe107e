package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.outcome.Outcome;
import dev.linkedrole.role.outcome.PendingAcknowledgements;
import dev.linkedrole.role.state.DesiredRole;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Builder of the outcomes that are published once a role is as recorded. */
public final class OutcomeBuilder {

    /** Conditions with which a role is not as recorded, whatever its revisions say. */
    private static final Set<Condition.Type> NOT_IN_FORCE = EnumSet.of(
            Condition.Type.RoleNameTaken,
            Condition.Type.RoleNotRecorded,
            Condition.Type.Contested,
            Condition.Type.RefusedByIam,
            Condition.Type.PolicyNameTaken,
            Condition.Type.AccountNotReachable,
            Condition.Type.ProtectedRole,
            Condition.Type.DeletionRunning,
            Condition.Type.DeletionFailed);

    private OutcomeBuilder() {}

    /**
     * Returns the outcome of all events that are not answered yet, for a record that is in force now.
     *
     * @param name the role's name
     * @param arn its ARN, if it has one
     * @return empty if no acknowledgement is pending, or if the instance is not announced yet
     */
    static Optional<Outcome> of(
            RoleRecord record, DesiredRole desired, RoleName name, Optional<String> arn, Instant at) {
        PendingAcknowledgements pendingAcknowledgements = record.pendingAcknowledgements();
        if (pendingAcknowledgements.isEmpty()) {
            return Optional.empty();
        }
        return switch (desired) {
            case DesiredRole.NotYet notYet -> Optional.empty();
            case DesiredRole.Gone gone ->
                Optional.of(new Outcome.RoleDeleted(
                        subject(record, name, record.roleArn()),
                        pendingAcknowledgements.answered(),
                        pendingAcknowledgements.unlisted(),
                        at));
            case DesiredRole.Present present -> {
                Set<Grant> inForce = new HashSet<>(record.role().grants());
                inForce.removeAll(present.notInCatalog());
                SortedSet<Grant> granted = new TreeSet<>(pendingAcknowledgements.grants());
                granted.retainAll(inForce);
                SortedSet<Grant> taken = new TreeSet<>(pendingAcknowledgements.grants());
                taken.removeAll(inForce);
                yield Optional.of(new Outcome.RoleUpdated(
                        subject(record, name, arn.or(record::roleArn)),
                        granted,
                        taken,
                        pendingAcknowledgements.answered(),
                        pendingAcknowledgements.unlisted(),
                        at));
            }
        };
    }

    /** Returns the outcome of a record that is known to be in force. */
    static Optional<Outcome> known(RoleRecord record, DesiredRole desired, Instant at) {
        RoleName name = record.roleName().map(RoleName::new).orElse(desired.name());
        return of(record, desired, name, record.roleArn(), at);
    }

    /** True if an acknowledgement is pending although its event changed nothing, since the role is in force already. */
    public static boolean due(RoleRecord record) {
        return due(record, false);
    }

    /**
     * True if an acknowledgement is due for a known desired role: a role that has everything but its description is in
     * force.
     */
    public static boolean due(RoleRecord record, DesiredRole desired) {
        boolean allButDescription = desired instanceof DesiredRole.Present present
                && record.applied()
                        .filter(applied -> applied.hasAllButDescription(present.fingerprint()))
                        .isPresent();
        return due(record, allButDescription);
    }

    private static boolean due(RoleRecord record, boolean allButDescription) {
        return !record.pendingAcknowledgements().isEmpty()
                && (record.role().live() || record.role().deleted())
                && record.conditions().stream()
                        .map(Condition::type)
                        .filter(type -> !(allButDescription && type == Condition.Type.RefusedByIam))
                        .noneMatch(type -> NOT_IN_FORCE.contains(type)
                                && !isNobodysBusiness(record, type)
                                && !isPutRight(record, type));
    }

    /**
     * True if the condition only says that a component is contested: the component is in force between two changes by
     * its other editor.
     */
    private static boolean isPutRight(RoleRecord record, Condition.Type type) {
        Optional<String> said = record.condition(type).map(Condition::detail);
        return said.isPresent() && said.equals(record.repairs().condition().map(Condition::detail));
    }

    /**
     * True if another role has the name although the instance's own role is deleted, which does not concern the
     * producers.
     */
    private static boolean isNobodysBusiness(RoleRecord record, Condition.Type type) {
        return record.role().deleted() && record.settled() && type == Condition.Type.RoleNameTaken;
    }

    private static Outcome.Subject subject(RoleRecord record, RoleName name, Optional<String> arn) {
        return new Outcome.Subject(record.role().instance(), name, arn, record.revision());
    }
}
