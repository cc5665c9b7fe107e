package dev.linkedrole.iammodel;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeletionTaskFailureReasonType;
import software.amazon.awssdk.services.iam.model.DeletionTaskStatusType;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleUsageType;

/**
 * Service-linked roles: created by the name of their service, never changed, and deleted by a task that their service
 * may reject.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteServiceLinkedRole.html">DeleteServiceLinkedRole</a>
 */
final class IamServiceRoles {

    private static final String CONNECT = "connect.amazonaws.com";

    private final IamStore store;
    private final String accountId;
    private final Duration deletionTakes;

    IamServiceRoles(IamStore store, String accountId, Duration deletionTakes) {
        this.store = store;
        this.accountId = accountId;
        this.deletionTakes = deletionTakes;
    }

    Role create(CreateServiceLinkedRoleRequest request) {
        String suffix = Optional.ofNullable(request.customSuffix()).orElse("");
        String name = nameFor(request.awsServiceName()) + (suffix.isEmpty() ? "" : "_" + suffix);
        IamLimits.requireName("roleName", name, IamLimits.ROLE_NAME);
        String path = "/aws-service-role/" + request.awsServiceName() + "/";
        return store.write(account -> {
            if (account.roles.containsKey(ModelAccount.key(name))) {
                throw IamFaults.invalid("Service role name " + name
                        + " has been taken in this account, please try a different suffix.");
            }
            ModelRole role = new ModelRole(
                    name,
                    "arn:aws:iam::" + accountId + ":role" + path + name,
                    path,
                    store.time(),
                    request.awsServiceName());
            role.description = Optional.ofNullable(request.description()).orElse("");
            role.trust = """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":["%s"]},"Action":["sts:AssumeRole"]}]}""".formatted(request.awsServiceName());
            account.roles.put(ModelAccount.key(name), role);
            return IamRoles.view(role);
        });
    }

    private static String nameFor(String service) {
        if (service.equals(CONNECT)) {
            return "AWSServiceRoleForAmazonConnect";
        }
        throw IamFaults.invalid("Service " + service + " is not known to have service-linked roles");
    }

    String delete(String name) {
        return store.write(account -> {
            ModelRole role = account.role(name);
            if (role.service == null) {
                throw IamFaults.invalid("Role " + name + " is not a service-linked role");
            }
            // A second request during the deletion is answered with the task of the first one.
            return account.deletions.entrySet().stream()
                    .filter(entry -> entry.getValue().role().equals(name))
                    .filter(entry -> entry.getValue().endsAt().isAfter(store.time()))
                    .map(java.util.Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(() -> begin(account, role));
        });
    }

    private String begin(ModelAccount account, ModelRole role) {
        String task = "task/aws-service-role/" + role.service + "/" + role.name + "/" + account.deletions.size();
        account.deletions.put(task, new ModelDeletion(role.name, store.time().plus(deletionTakes), role.usedBy));
        return task;
    }

    GetServiceLinkedRoleDeletionStatusResponse status(String task) {
        return store.read(account -> Optional.ofNullable(account.deletions.get(task))
                .map(this::status)
                .orElseThrow(() -> IamFaults.noSuch("Deletion task " + task + " cannot be found.")));
    }

    private GetServiceLinkedRoleDeletionStatusResponse status(ModelDeletion deletion) {
        GetServiceLinkedRoleDeletionStatusResponse.Builder status =
                GetServiceLinkedRoleDeletionStatusResponse.builder();
        if (deletion.endsAt().isAfter(store.time())) {
            return status.status(DeletionTaskStatusType.IN_PROGRESS).build();
        }
        if (deletion.usedBy() == null) {
            return status.status(DeletionTaskStatusType.SUCCEEDED).build();
        }
        return status.status(DeletionTaskStatusType.FAILED)
                .reason(DeletionTaskFailureReasonType.builder()
                        .reason("The role is in use")
                        .roleUsageList(RoleUsageType.builder()
                                .region("us-west-2")
                                .resources(deletion.usedBy())
                                .build())
                        .build())
                .build();
    }

    /** Makes the service use a role, or end its use. */
    void use(String name, Optional<String> by) {
        store.write(account -> account.role(name).usedBy = by.orElse(null));
    }
}
