package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.ledger.RoleRecord;
import dev.linkedrole.reconcile.Inspector;
import dev.linkedrole.role.model.Announcement;
import dev.linkedrole.role.model.Condition;
import dev.linkedrole.role.model.Grant;
import dev.linkedrole.role.model.LinkedRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a role.
 *
 * @param instanceArn the instance that owns the role
 * @param alias the instance's name, if it has one
 * @param lifecycle unannounced, live, deleted or released
 * @param roleName the role's name in IAM, once it was read there
 * @param roleArn its ARN, once it was created
 * @param identity the role's fixed identity, independent of the present settings; absent for an instance that was not
 *     announced
 * @param description the description that an operator has set; absent if none has
 * @param features each enabled feature with its resources; none for one that takes none
 * @param policies sizes of the desired policies; absent if the role should not exist
 * @param revision grows with each change that was recorded, which may stem from several events
 * @param appliedRevision the newest revision known to be in IAM
 * @param changedAt when the newest revision was recorded
 * @param conditions the conditions that keep the role from its recorded state
 * @param note an additional remark; absent if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoleView(
        String instanceArn,
        @Nullable String alias,
        String lifecycle,
        @Nullable String roleName,
        @Nullable String roleArn,
        @Nullable IdentityView identity,
        @Nullable String description,
        SortedMap<String, List<String>> features,
        @Nullable PoliciesView policies,
        long revision,
        long appliedRevision,
        Instant changedAt,
        List<ConditionView> conditions,
        @Nullable String note) {

    /** Note on an instance that was not announced yet. */
    static final String REMEMBERED = "remembered until announced";

    public static RoleView of(RoleRecord record, Inspector inspector) {
        return of(record, inspector, List.of());
    }

    /**
     * Creates the view of a recorded role, with conditions that are determined at each read.
     *
     * @param seen conditions that are not recorded
     */
    public static RoleView of(RoleRecord record, Inspector inspector, List<Condition> seen) {
        LinkedRole role = record.role();
        return new RoleView(
                role.instance().toString(),
                role.announcement()
                        .map(Announcement::alias)
                        .filter(alias -> !alias.isEmpty())
                        .orElse(null),
                role.lifecycle().word(),
                record.roleName().orElse(null),
                record.roleArn().orElse(null),
                role.announced() ? IdentityView.of(record, inspector) : null,
                role.descriptionWrite()
                        .map(described -> described.description().text())
                        .orElse(null),
                features(role),
                PoliciesView.of(inspector.desired(record), record.roleArn()),
                record.revision(),
                record.appliedRevision(),
                record.changedAt(),
                Stream.concat(record.conditions().stream(), seen.stream())
                        .map(ConditionView::of)
                        .toList(),
                role.lifecycle() == LinkedRole.Lifecycle.UNANNOUNCED ? REMEMBERED : null);
    }

    private static SortedMap<String, List<String>> features(LinkedRole role) {
        SortedMap<String, List<String>> features = new TreeMap<>();
        for (Grant grant : role.enabled()) {
            List<String> resources = features.computeIfAbsent(grant.feature(), feature -> new ArrayList<>());
            grant.resource().ifPresent(resources::add);
        }
        return features;
    }

    /** JSON view of a condition. */
    public record ConditionView(String type, String detail, Instant since) {
        static ConditionView of(Condition condition) {
            return new ConditionView(condition.type().name(), condition.detail(), condition.since());
        }
    }
}
