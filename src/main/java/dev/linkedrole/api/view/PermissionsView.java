package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.reconcile.Inspection;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.policy.ServicePermission;
import dev.linkedrole.role.policy.ServicePermissions;
import dev.linkedrole.role.state.ActualRole;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a role's permissions for one service.
 *
 * @param service the prefix of its actions
 * @param roleName the role's name in IAM
 * @param exists true if IAM has such a role
 * @param permissions the permissions that its policies in IAM allow, as far as they can be evaluated
 * @param denied the permissions that they deny explicitly
 * @param permissionsBoundary the ARN of a policy that may take some of it away
 * @param unreadable policies in IAM that cannot be evaluated, or not completely
 * @param difference the difference from the recorded permissions
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PermissionsView(
        String service,
        String roleName,
        boolean exists,
        List<Permission> permissions,
        List<Permission> denied,
        @Nullable String permissionsBoundary,
        List<String> unreadable,
        Difference difference) {

    public static PermissionsView of(String service, Inspection inspection) {
        SortedMap<String, String> policies = inspection.actualPolicies();
        Set<String> unreadable = unreadable(policies);
        SortedMap<String, String> understood = new TreeMap<>(policies);
        understood.keySet().removeAll(unreadable);
        ServicePermissions actual = ServicePermissions.of(service, policies.values());
        // A statement that is not understood may grant all that it seems to, or nothing.
        ServicePermissions certain = ServicePermissions.of(service, understood.values());
        ServicePermissions recorded =
                ServicePermissions.of(service, inspection.desiredPolicies().values());
        return new PermissionsView(
                service,
                inspection.desired().name().value(),
                inspection.actual() instanceof ActualRole.Present,
                Permission.all(actual.allowed()),
                Permission.all(actual.denied()),
                boundary(inspection),
                List.copyOf(unreadable),
                new Difference(Permission.all(recorded.beyond(certain)), Permission.all(actual.beyond(recorded))));
    }

    private static SortedSet<String> unreadable(Map<String, String> policies) {
        return policies.entrySet().stream()
                .filter(policy -> !PolicyDocument.isUnderstood(policy.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable String boundary(Inspection inspection) {
        return inspection.actual() instanceof ActualRole.Present present
                ? present.permissionsBoundary().orElse(null)
                : null;
    }

    /**
     * Difference between the recorded permissions and those in IAM.
     *
     * @param missing permissions that are recorded and not allowed in IAM
     * @param extra permissions that IAM allows and are not recorded
     */
    public record Difference(List<Permission> missing, List<Permission> extra) {}

    /**
     * An action on a resource, as in a policy.
     *
     * @param action perhaps with wildcards
     * @param resource an ARN, perhaps with wildcards
     * @param conditions operator to condition key to values; absent if there are none
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Permission(
            String action, String resource, SortedMap<String, SortedMap<String, SortedSet<String>>> conditions) {
        static List<Permission> all(Collection<ServicePermission> permissions) {
            return permissions.stream()
                    .map(permission ->
                            new Permission(permission.action(), permission.resource(), permission.conditions()))
                    .toList();
        }
    }
}
