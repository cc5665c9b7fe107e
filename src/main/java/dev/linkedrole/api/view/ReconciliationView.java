package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.api.view.RoleView.ConditionView;
import dev.linkedrole.reconcile.Reconciliation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of the result of a reconciliation.
 *
 * @param roleName the role's name in IAM
 * @param revision the revision that was compared
 * @param outcome in-force: IAM has what is recorded; blocked: something keeps it from that; remembered until announced:
 *     there is no role before the instance is announced
 * @param steps the changes made in IAM, as sentences; none if nothing differed
 * @param condition the condition that prevents it; absent if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReconciliationView(
        String roleName,
        long revision,
        String outcome,
        List<String> steps,
        @Nullable ConditionView condition) {

    public static ReconciliationView of(Reconciliation reconciliation) {
        return switch (reconciliation) {
            case Reconciliation.InForce done ->
                new ReconciliationView(
                        done.role().value(),
                        done.revision(),
                        done.announced() ? "in-force" : RoleView.REMEMBERED,
                        done.steps(),
                        null);
            case Reconciliation.Blocked blocked ->
                new ReconciliationView(
                        blocked.role().value(),
                        blocked.revision(),
                        "blocked",
                        List.of(),
                        ConditionView.of(blocked.condition()));
        };
    }
}
