package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.api.view.RoleView.ConditionView;
import dev.linkedrole.reconcile.RolePreview;
import dev.linkedrole.reconcile.resync.ResyncPreview;
import dev.linkedrole.role.guard.HeldChange;
import dev.linkedrole.role.model.InstanceId;
import dev.linkedrole.role.plan.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of the plan for a page of roles.
 *
 * @param held the change of the settings that is held, and that this plan shows; absent if none is
 * @param summary sums over this page
 * @param roles the roles that would change or cannot be made as desired, in the order of their instances' ids
 * @param failures reasons why a role could not be read, by instance id; its changes are not known
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlanView(
        @Nullable HeldView held,
        Summary summary,
        List<Change> roles,
        SortedMap<String, String> failures,
        @Nullable String next) {

    /** Maximum number of lines of granted and of revoked permissions of one role. */
    static final int MAX_LINES = 50;

    /** Returns the view of a preview of a page of roles. */
    public static PlanView of(ResyncPreview preview, Optional<InstanceId> next, Optional<HeldChange> held) {
        return new PlanView(
                held.map(HeldView::of).orElse(null),
                Summary.of(preview),
                preview.changes().stream().map(Change::of).toList(),
                preview.failures(),
                next.map(InstanceId::value).orElse(null));
    }

    /**
     * JSON view of the sums of a plan.
     *
     * @param roles number of roles on the page
     * @param unchanged number of roles that are as desired
     * @param created number of roles that would be created
     * @param changed number of roles that would be changed
     * @param deleted number of roles that would be deleted
     * @param blocked number of roles that cannot be made as desired
     * @param failed number of roles that could not be read
     * @param granted number of granted lines, over all roles
     * @param revoked number of revoked lines, over all roles that are not deleted
     */
    public record Summary(
            long roles,
            long unchanged,
            long created,
            long changed,
            long deleted,
            long blocked,
            long failed,
            long granted,
            long revoked) {

        static Summary of(ResyncPreview preview) {
            Map<RolePreview.Action, Long> counts = new EnumMap<>(RolePreview.Action.class);
            preview.changes().forEach(change -> counts.merge(change.action(), 1L, Long::sum));
            return new Summary(
                    preview.unchanged()
                            + preview.changes().size()
                            + preview.failures().size(),
                    preview.unchanged(),
                    counts.getOrDefault(RolePreview.Action.CREATE, 0L),
                    counts.getOrDefault(RolePreview.Action.CHANGE, 0L),
                    counts.getOrDefault(RolePreview.Action.DELETE, 0L),
                    counts.getOrDefault(RolePreview.Action.BLOCKED, 0L),
                    preview.failures().size(),
                    preview.changes().stream()
                            .mapToLong(change -> change.granted().size())
                            .sum(),
                    preview.changes().stream()
                            .mapToLong(change -> change.revoked().size())
                            .sum());
        }
    }

    /**
     * JSON view of the changes to a role.
     *
     * @param id the instance id
     * @param roleName the role's name
     * @param action create, change, delete, or blocked
     * @param steps the calls to IAM, in order
     * @param granted the grants that the role would get: a statement's Sid and one of its resources; at most 50 lines
     * @param revoked the grants that the role would lose, and ARNs of policies of others; at most 50 lines. Not listed
     *     for a role that is deleted
     * @param condition the condition that the role would have
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Change(
            String id,
            String roleName,
            String action,
            List<String> steps,
            List<String> granted,
            List<String> revoked,
            @Nullable ConditionView condition) {

        static Change of(RolePreview preview) {
            return new Change(
                    preview.instance().id().value(),
                    preview.role().value(),
                    preview.action().name().toLowerCase(Locale.ROOT),
                    preview.steps().stream().map(Step::order).toList(),
                    bounded(preview.granted()),
                    bounded(preview.revoked()),
                    preview.condition().map(ConditionView::of).orElse(null));
        }

        private static List<String> bounded(List<String> lines) {
            return lines.subList(0, Math.min(MAX_LINES, lines.size()));
        }
    }
}
