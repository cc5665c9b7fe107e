package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.AccountInventory;
import dev.linkedrole.iam.AccountUsage;
import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.InventoryPage;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.state.ActualRole;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.RoleDetail;
import software.amazon.awssdk.services.iam.model.SummaryKeyType;

/**
 * Inventory of an account by {@code GetAccountAuthorizationDetails}.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html">GetAccountAuthorizationDetails</a>
 */
public final class AwsAccountInventory implements AccountInventory {

    /** Maximum number of items on a page; IAM may return fewer. */
    private static final int ITEMS = 1_000;

    private static final Set<SummaryKeyType> IN_USE = EnumSet.of(
            SummaryKeyType.ROLES, SummaryKeyType.ROLES_QUOTA, SummaryKeyType.POLICIES, SummaryKeyType.POLICIES_QUOTA);

    private final IamAsyncClient iam;

    public AwsAccountInventory(IamAsyncClient iam) {
        this.iam = iam;
    }

    @Override
    public Uni<InventoryPage> page(Optional<String> from) {
        return IamRequests.call(
                        "GetAccountAuthorizationDetails",
                        () -> iam.getAccountAuthorizationDetails(
                                r -> r.filter(EntityType.ROLE, EntityType.LOCAL_MANAGED_POLICY)
                                        .maxItems(ITEMS)
                                        .marker(from.orElse(null))))
                .map(AwsAccountInventory::page);
    }

    @Override
    public Uni<Optional<AccountUsage>> usage() {
        return IamRequests.call("GetAccountSummary", () -> iam.getAccountSummary())
                .map(response -> usage(response.summaryMap()));
    }

    private static Optional<AccountUsage> usage(Map<SummaryKeyType, Integer> summary) {
        return summary.keySet().containsAll(IN_USE)
                ? Optional.of(new AccountUsage(
                        number(summary, SummaryKeyType.ROLES),
                        number(summary, SummaryKeyType.ROLES_QUOTA),
                        number(summary, SummaryKeyType.POLICIES),
                        number(summary, SummaryKeyType.POLICIES_QUOTA)))
                : Optional.empty();
    }

    private static int number(Map<SummaryKeyType, Integer> summary, SummaryKeyType key) {
        return summary.getOrDefault(key, 0);
    }

    private static InventoryPage page(GetAccountAuthorizationDetailsResponse response) {
        Map<String, String> policies = new TreeMap<>();
        response.policies()
                .forEach(policy -> inForce(policy)
                        .ifPresent(version -> policies.put(policy.arn(), IamRequests.decode(version.document()))));
        return new InventoryPage(
                response.roleDetailList().stream()
                        .map(AwsAccountInventory::role)
                        .toList(),
                policies,
                Boolean.TRUE.equals(response.isTruncated())
                        ? Optional.ofNullable(response.marker())
                        : Optional.empty());
    }

    private static Optional<PolicyVersion> inForce(ManagedPolicyDetail policy) {
        return policy.policyVersionList().stream()
                .filter(version -> version.versionId().equals(policy.defaultVersionId()))
                .filter(version -> version.document() != null)
                .findFirst();
    }

    private static ActualRole.Present role(RoleDetail role) {
        return new ActualRole.Present(
                role.arn(),
                role.createDate(),
                "",
                IamRequests.decode(
                        Optional.ofNullable(role.assumeRolePolicyDocument()).orElse("")),
                IamRequests.tagsOf(role.tags()),
                Optional.ofNullable(role.permissionsBoundary())
                        .map(AttachedPermissionsBoundary::permissionsBoundaryArn),
                role.rolePolicyList().stream()
                        .collect(Collectors.toMap(
                                PolicyDetail::policyName,
                                policy -> IamRequests.decode(policy.policyDocument()),
                                (one, other) -> other,
                                TreeMap::new)),
                role.attachedManagedPolicies().stream()
                        .map(AttachedPolicy::policyArn)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public Uni<Optional<String>> description(RoleName name) {
        return IamRequests.call("GetRole", () -> iam.getRole(r -> r.roleName(name.value())))
                .map(response -> Optional.of(
                        Optional.ofNullable(response.role().description()).orElse("")))
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }
}
