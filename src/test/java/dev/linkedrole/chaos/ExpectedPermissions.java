package dev.linkedrole.chaos;

import dev.linkedrole.role.model.RoleEvent;
import dev.linkedrole.testing.iam.ContractOracle;
import dev.linkedrole.testing.iam.ContractTable;
import dev.linkedrole.testing.iam.Permission;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Expected permissions of an instance's role after all its events, computed in the simplest way: the latest event for
 * each feature and resource decides, and a disabling one wins over an enabling one of the same time. Shares no code
 * with the service; the permissions are those of the contract's table.
 */
final class ExpectedPermissions {

    private ExpectedPermissions() {}

    /** Returns the expected permissions; empty if the role should not exist. */
    static Optional<SortedSet<Permission>> after(List<RoleEvent> events) {
        boolean created = events.stream().anyMatch(RoleEvent.InstanceCreated.class::isInstance);
        boolean deleted = events.stream().anyMatch(RoleEvent.InstanceDeleted.class::isInstance);
        if (!created || deleted) {
            return Optional.empty();
        }
        SortedSet<Permission> permissions = new TreeSet<>(ContractTable.BASE);
        enablings(events).forEach((grant, enabling) -> {
            if (events.stream().noneMatch(event -> takes(event, grant, enabling.time()))) {
                permissions.addAll(ContractOracle.after(new RoleEvent.FeatureEnabled(
                        enabling.eventId(), enabling.instance(), enabling.time(), grant.feature(), grant.resources())));
            }
        });
        return Optional.of(permissions);
    }

    /** Returns the latest enabling event of each grant. */
    private static Map<Grant, RoleEvent.FeatureEnabled> enablings(List<RoleEvent> events) {
        Map<Grant, RoleEvent.FeatureEnabled> latest = new HashMap<>();
        for (RoleEvent event : events) {
            if (event instanceof RoleEvent.FeatureEnabled enabled) {
                Grant.all(enabled.feature(), enabled.resources())
                        .forEach(grant -> latest.merge(
                                grant, enabled, (one, other) -> one.time().isAfter(other.time()) ? one : other));
            }
        }
        return latest;
    }

    private static boolean takes(RoleEvent event, Grant grant, Instant enabled) {
        return event instanceof RoleEvent.FeatureDisabled disabled
                && !disabled.time().isBefore(enabled)
                && disabled.feature().equals(grant.feature())
                && (disabled.resources().isEmpty() || names(disabled, grant));
    }

    private static boolean names(RoleEvent.FeatureDisabled disabled, Grant grant) {
        return !grant.resources().isEmpty() && disabled.resources().containsAll(grant.resources());
    }

    /** A feature with one resource, or with none if it needs none. */
    private record Grant(String feature, Set<String> resources) {

        static List<Grant> all(String feature, Set<String> resources) {
            return resources.isEmpty()
                    ? List.of(new Grant(feature, resources))
                    : resources.stream()
                            .map(resource -> new Grant(feature, Set.of(resource)))
                            .toList();
        }
    }
}
