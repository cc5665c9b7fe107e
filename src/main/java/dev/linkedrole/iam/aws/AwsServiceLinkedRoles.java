package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.identity.ServiceLinkedPath;
import dev.linkedrole.role.state.DesiredRole;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletionTaskFailureReasonType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleUsageType;

/** IAM calls that exist only for service-linked roles. */
final class AwsServiceLinkedRoles {

    /** Maximum number of roles that IAM lists in one call. */
    private static final int PAGE = 1_000;

    /** Maximum number of resources named that still use a role; IAM may list thousands. */
    private static final int MAX_USES = 10;

    private final IamAsyncClient iam;

    AwsServiceLinkedRoles(IamAsyncClient iam) {
        this.iam = iam;
    }

    /** Creates a role whose name the service chooses; it ends with the instance's digits. */
    Uni<String> create(DesiredRole.Present desired) {
        return IamRequests.call(
                        "CreateServiceLinkedRole",
                        () -> iam.createServiceLinkedRole(
                                r -> r.awsServiceName(ServiceLinkedPath.principal(desired.path()))
                                        .customSuffix(desired.name().digits())
                                        .description(desired.descriptionAtBirth())))
                .map(CreateServiceLinkedRoleResponse::role)
                .map(Role::arn);
    }

    Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return IamRequests.call("GetRole", () -> iam.getRole(r -> r.roleName(likely.value())))
                .map(response -> Optional.of(response.role().arn()))
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithUni(() -> search(path, suffix));
    }

    private Uni<Optional<String>> search(String path, String suffix) {
        return IamRequests.pages(
                        "ListRoles",
                        () -> iam.listRolesPaginator(r -> r.pathPrefix(path).maxItems(PAGE))
                                .roles())
                .filter(role -> role.roleName().endsWith("_" + suffix))
                .map(Role::arn)
                .toUni()
                .map(Optional::ofNullable);
    }

    Uni<Optional<String>> beginDeletion(RoleName name) {
        return IamRequests.call(
                        "DeleteServiceLinkedRole", () -> iam.deleteServiceLinkedRole(r -> r.roleName(name.value())))
                .map(DeleteServiceLinkedRoleResponse::deletionTaskId)
                .map(Optional::of)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    Uni<ServiceLinkedDeletion> deletion(String task) {
        return IamRequests.call(
                        "GetServiceLinkedRoleDeletionStatus",
                        () -> iam.getServiceLinkedRoleDeletionStatus(r -> r.deletionTaskId(task)))
                .map(AwsServiceLinkedRoles::of)
                // IAM may not show a task yet that was started a moment ago.
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(new ServiceLinkedDeletion.Running());
    }

    private static ServiceLinkedDeletion of(GetServiceLinkedRoleDeletionStatusResponse response) {
        return switch (response.status()) {
            case SUCCEEDED -> new ServiceLinkedDeletion.Done();
            case FAILED ->
                new ServiceLinkedDeletion.Failed(Optional.ofNullable(response.reason())
                        .map(AwsServiceLinkedRoles::reason)
                        .orElse("IAM gives no reason"));
            case IN_PROGRESS, NOT_STARTED, UNKNOWN_TO_SDK_VERSION -> new ServiceLinkedDeletion.Running();
        };
    }

    static String reason(DeletionTaskFailureReasonType failure) {
        String reason = Optional.ofNullable(failure.reason()).orElse("IAM gives no reason");
        List<String> uses = failure.roleUsageList().stream()
                .flatMap(use -> uses(use).stream())
                .toList();
        if (uses.isEmpty()) {
            return reason;
        }
        String named = uses.stream().limit(MAX_USES).collect(Collectors.joining(", "));
        String more = uses.size() > MAX_USES ? " and " + (uses.size() - MAX_USES) + " more" : "";
        return reason + "; still used by " + named + more;
    }

    private static List<String> uses(RoleUsageType use) {
        return use.resources().isEmpty()
                ? List.of("something in " + use.region())
                : use.resources().stream()
                        .map(resource -> resource + " (" + use.region() + ")")
                        .toList();
    }
}
