package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Home;
import dev.linkedrole.role.LedgerOrigin;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.PolicyDocument;
import dev.linkedrole.role.Step;
import dev.linkedrole.role.SurveyedRole;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * A role with our tags that was there before anything was recorded of it, since the ledger was lost or emptied; or any of a ledger that was
 * restored from a backup. What it grants beyond the record may well be what somebody needs, so that it only grows until an operator says the
 * word.
 */
final class Unrecorded {

    /** Holds what is recorded meanwhile, beside what the role has. It goes when the role is made what it has to be. */
    static final String MEANWHILE = Home.INLINE_POLICY + "-recorded";

    /** More lines than an operator reads at once. */
    private static final int MOST_LINES = 20;

    private static final String EARLIER = "it was there before anything was recorded of it";

    private final Steps steps;
    private final String why;

    /**
     * @param why the record may lack something, as a sentence
     */
    Unrecorded(Steps steps, String why) {
        this.steps = steps;
        this.why = why;
    }

    /** Why the record of a role may lack what it grants; empty if the record has all, or an operator has said that it has. */
    static Optional<String> why(
            RoleRecord record, ActualRole.Present role, WantedRole.Present wanted, LedgerOrigin origin) {
        if (wanted.serviceLinked()) {
            return Optional.empty();
        }
        if (isOlder(record, role, wanted)) {
            return Optional.of(EARLIER);
        }
        return origin.onlyGrows(record.role()) ? Optional.of(origin.sentence()) : Optional.empty();
    }

    /**
     * Whether nobody can have made this role for this record. Who did, and died before he said so, did it after the identity was
     * recorded.
     */
    private static boolean isOlder(RoleRecord record, ActualRole.Present role, WantedRole.Present wanted) {
        boolean unknown = record.identity().filter(role::cannotBeMadeFor).isPresent();
        boolean word = record.role()
                .adoptedAt()
                .filter(at -> role.mayBeAdopted(wanted.ownership(), at))
                .isPresent();
        return record.applied().isEmpty() && unknown && !word;
    }

    /** Adds what is recorded and missing, and ends with what the role grants beyond that. */
    Uni<RoleState> grow(WantedRole.Present wanted, SurveyedRole found, List<String> beyond) {
        boolean missing = !found.missing(wanted).isEmpty();
        Optional<String> document = missing ? found.supplement(wanted, MEANWHILE) : Optional.empty();
        boolean fits = document.stream().allMatch(json -> PolicyDocument.size(json) <= found.roomInline(MEANWHILE));
        Optional<Step> growth = document.filter(json -> fits).map(json -> new Step.PutInlinePolicy(MEANWHILE, json));
        return steps.carryOut(wanted.name(), new Plan(growth.stream().toList()), new Sight(false, true, true))
                .flatMap(carried -> Uni.createFrom()
                        .failure(condition(
                                found,
                                beyond,
                                missing && !(fits && carried.open().isEmpty()))));
    }

    private HeldException condition(SurveyedRole found, List<String> beyond, boolean lacking) {
        String named = String.join(", ", beyond.subList(0, Math.min(MOST_LINES, beyond.size())));
        String more = beyond.size() > MOST_LINES ? " and " + (beyond.size() - MOST_LINES) + " more" : "";
        return new HeldException(
                Condition.Type.RoleNotRecorded,
                found.role().arn()
                        + " has our tags, and " + why + "; what it grants beyond the"
                        + " record stays until an operator adopts it: " + named + more
                        + (lacking
                                ? ". What is recorded and missing could not be added: it does not fit beside that, or IAM refuses it"
                                : ""));
    }
}
