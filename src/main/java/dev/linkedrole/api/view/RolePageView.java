package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.api.view.RoleView.ConditionView;
import dev.linkedrole.ledger.listing.RolePage;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of the list of roles.
 *
 * @param roles in the order of their instances' ids
 * @param next what to ask for as {@code after} to go on; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolePageView(List<Entry> roles, @Nullable String next) {

    public static RolePageView of(RolePage page) {
        return new RolePageView(
                page.roles().stream().map(Entry::of).toList(),
                page.next().map(InstanceId::value).orElse(null));
    }

    /**
     * A role in brief.
     *
     * @param id the instance id
     * @param lifecycle unannounced, live or deleted
     * @param roleName the role's name in IAM, once it was looked at there
     * @param revision grows with each change that was recorded, which may be that of several events
     * @param appliedRevision the newest one known to be in IAM
     * @param conditions what keeps the role from being what is recorded
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String lifecycle,
            @Nullable String roleName,
            long revision,
            long appliedRevision,
            List<ConditionView> conditions) {

        static Entry of(RoleSummary role) {
            return new Entry(
                    role.instance().value(),
                    role.lifecycle(),
                    role.roleName().orElse(null),
                    role.revision(),
                    role.appliedRevision(),
                    role.conditions().stream().map(ConditionView::of).toList());
        }
    }
}
