package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.api.view.RoleView.ConditionView;
import dev.linkedrole.ledger.listing.RolePage;
import dev.linkedrole.ledger.listing.RoleSummary;
import dev.linkedrole.role.model.InstanceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a page of the list of roles.
 *
 * @param roles in the order of their instances' ids
 * @param next the value of {@code after} for the next page; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolePageView(List<Entry> roles, @Nullable String next) {

    public static RolePageView of(RolePage page) {
        return new RolePageView(
                page.roles().stream().map(Entry::of).toList(),
                page.next().map(InstanceId::value).orElse(null));
    }

    /**
     * JSON view of a role in the list.
     *
     * @param id the instance id
     * @param lifecycle unannounced, live or deleted
     * @param roleName the role's name in IAM, once it was read there
     * @param revision grows with each change that was recorded, which may stem from several events
     * @param appliedRevision the newest revision known to be in IAM
     * @param conditions the conditions that keep the role from its recorded state
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
