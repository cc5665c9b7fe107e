package dev.linkedrole.reconcile.apply;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.identity.LedgerOrigin;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.plan.Plan;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ObservedRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * A role with our tags that existed before its record, since the ledger was lost or emptied; or any role of a ledger
 * that was restored from a backup. Its grants beyond the record may still be needed, so the role only grows until an
 * operator confirms the record.
 */
final class UnrecordedRole {

    /**
     * Inline policy with grants that are recorded in the meantime, beside those that the role has. It is removed when
     * the role is made as desired.
     */
    static final String MEANWHILE = PolicySlot.INLINE_POLICY + "-recorded";

    /** Maximum number of lines: more than an operator reads at once. */
    private static final int MAX_LINES = 20;

    private static final String EARLIER = "it was there before anything was recorded of it";

    private final PlanExecutor steps;
    private final String why;

    /** @param why the reason for which the record may lack something, as a sentence */
    UnrecordedRole(PlanExecutor steps, String why) {
        this.steps = steps;
        this.why = why;
    }

    /**
     * Returns the reason why the record may lack grants of the role; empty if the record is complete, or an operator
     * has confirmed it.
     */
    static Optional<String> why(
            RoleRecord record, ActualRole.Present role, DesiredRole.Present desired, LedgerOrigin origin) {
        if (desired.serviceLinked()) {
            return Optional.empty();
        }
        if (isOlder(record, role, desired)) {
            return Optional.of(EARLIER);
        }
        return origin.onlyGrows(record.role()) ? Optional.of(origin.sentence()) : Optional.empty();
    }

    /**
     * True if the role is older than the record's identity, so that no replica can have created it for this record. A
     * replica that created it and died did so after the identity was recorded.
     */
    private static boolean isOlder(RoleRecord record, ActualRole.Present role, DesiredRole.Present desired) {
        boolean unknown = record.identity().filter(role::cannotBeMadeFor).isPresent();
        boolean word = record.role()
                .adoptedAt()
                .filter(at -> role.mayBeAdopted(desired.ownership(), at))
                .isPresent();
        return record.applied().isEmpty() && unknown && !word;
    }

    /** Adds grants that are recorded and missing, and fails with the grants beyond the record. */
    Uni<RoleState> grow(DesiredRole.Present desired, ObservedRole found, List<String> beyond) {
        boolean missing = !found.missing(desired).isEmpty();
        Optional<String> document = missing ? found.supplement(desired, MEANWHILE) : Optional.empty();
        boolean fits = document.stream().allMatch(json -> PolicyDocument.size(json) <= found.roomInline(MEANWHILE));
        Optional<Step> addition = document.filter(json -> fits).map(json -> new Step.PutInlinePolicy(MEANWHILE, json));
        return steps.carryOut(
                        desired.name(), new Plan(addition.stream().toList()), new RoleVisibility(false, true, true))
                .flatMap(progress -> Uni.createFrom()
                        .failure(condition(
                                found,
                                beyond,
                                missing && !(fits && progress.open().isEmpty()))));
    }

    private BlockedException condition(ObservedRole found, List<String> beyond, boolean lacking) {
        String named = String.join(", ", beyond.subList(0, Math.min(MAX_LINES, beyond.size())));
        String more = beyond.size() > MAX_LINES ? " and " + (beyond.size() - MAX_LINES) + " more" : "";
        return new BlockedException(
                Condition.Type.RoleNotRecorded,
                found.role().arn()
                        + " has our tags, and " + why + "; what it grants beyond the"
                        + " record stays until an operator adopts it: " + named + more
                        + (lacking
                                ? ". What is recorded and missing could not be added: it does not fit beside that, or IAM rejects it"
                                : ""));
    }
}
