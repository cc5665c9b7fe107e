package dev.linkedrole.reconcile;

import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.role.ActualRole;
import dev.linkedrole.role.Condition;
import dev.linkedrole.role.Home;
import dev.linkedrole.role.Plan;
import dev.linkedrole.role.PolicyDocument;
import dev.linkedrole.role.Step;
import dev.linkedrole.role.SurveyedRole;
import dev.linkedrole.role.WantedRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * A role with our tags that was there before anything was recorded of it: the ledger was lost, emptied or put back. What it grants beyond
 * the record may well be what somebody needs, so that it only grows until an operator says the word.
 */
final class Unrecorded {

    /** Holds what is recorded meanwhile, beside what the role has. It goes when the role is made what it has to be. */
    static final String MEANWHILE = Home.INLINE_POLICY + "-recorded";

    /** More lines than an operator reads at once. */
    private static final int MOST_LINES = 20;

    private final Steps steps;

    Unrecorded(Steps steps) {
        this.steps = steps;
    }

    /**
     * Whether nobody can have made this role for this record. Who did, and died before he said so, did it after the identity was
     * recorded.
     */
    static boolean is(RoleRecord record, ActualRole.Present role, WantedRole.Present wanted) {
        boolean unknown = record.identity().filter(role::cannotBeMadeFor).isPresent();
        boolean word = record.role()
                .adoptedAt()
                .filter(at -> role.mayBeAdopted(wanted.ownership(), at))
                .isPresent();
        return record.applied().isEmpty() && unknown && !word && !wanted.serviceLinked();
    }

    /** Adds what is recorded and missing, and ends with what the role grants beyond that. */
    Uni<RoleState> grow(WantedRole.Present wanted, SurveyedRole found, List<String> beyond) {
        String document = wanted.everything();
        boolean missing = !found.missing(wanted).isEmpty();
        boolean fits = PolicyDocument.size(document) <= found.roomInline();
        Optional<Step> growth =
                missing && fits ? Optional.of(new Step.PutInlinePolicy(MEANWHILE, document)) : Optional.empty();
        return steps.carryOut(wanted.name(), new Plan(growth.stream().toList()), new Sight(false, true, true))
                .flatMap(carried -> Uni.createFrom()
                        .failure(why(
                                found,
                                beyond,
                                missing && !(fits && carried.open().isEmpty()))));
    }

    private static HeldException why(SurveyedRole found, List<String> beyond, boolean lacking) {
        String named = String.join(", ", beyond.subList(0, Math.min(MOST_LINES, beyond.size())));
        String more = beyond.size() > MOST_LINES ? " and " + (beyond.size() - MOST_LINES) + " more" : "";
        return new HeldException(
                Condition.Type.RoleNotRecorded,
                found.role().arn()
                        + " has our tags and was there before anything was recorded of it; what it grants beyond the"
                        + " record stays until an operator adopts it: " + named + more
                        + (lacking
                                ? ". What is recorded and missing could not be added: it does not fit beside that, or IAM refuses it"
                                : ""));
    }
}
