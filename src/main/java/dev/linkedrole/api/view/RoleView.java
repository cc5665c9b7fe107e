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
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A role as operators see it.
 *
 * @param instanceArn whose it is
 * @param alias the instance's name, if it has one
 * @param lifecycle unannounced, live or deleted
 * @param roleName the role's name in IAM, once it was looked at there
 * @param roleArn its ARN, once it was made
 * @param identity what the role is made and known by, whatever the settings say by now; absent of an instance that was not announced
 * @param description what an operator has said it is to be described as; absent if nobody has
 * @param features each enabled feature with its resources; none for one that takes none
 * @param policies how full the policies are that the role has to have; absent if it does not have to exist
 * @param revision grows with each change that was recorded, which may be that of several events
 * @param appliedRevision the newest one known to be in IAM
 * @param changedAt when the newest revision was recorded
 * @param conditions what keeps the role from being what is recorded
 * @param note what is to be known of it beside; absent if nothing is
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

    /** Of an instance that was not announced, whatever is recorded of it. */
    static final String REMEMBERED = "remembered until announced";

    public static RoleView of(RoleRecord record, Inspector inspector) {
        return of(record, inspector, Optional.empty());
    }

    /**
     * A recorded role together with a condition that is found anew at each read.
     *
     * @param seen a condition that is not recorded
     */
    public static RoleView of(RoleRecord record, Inspector inspector, Optional<Condition> seen) {
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
                role.described()
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

    /** A condition as operators see it. */
    public record ConditionView(String type, String detail, Instant since) {
        static ConditionView of(Condition condition) {
            return new ConditionView(condition.type().name(), condition.detail(), condition.since());
        }
    }
}
