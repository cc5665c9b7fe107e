package dev.linkedrole.iammodel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.EntityType;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.ManagedPolicyDetail;
import software.amazon.awssdk.services.iam.model.PolicyDetail;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.RoleDetail;

/**
 * All roles and managed policies of an account, in pages. A page has neither the descriptions of roles nor the tags of
 * policies.
 *
 * @see
 *     <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html">GetAccountAuthorizationDetails</a>
 */
final class IamDetails {

    private static final int ITEMS = 100;
    private static final int MAX_ITEMS = 1_000;

    private final IamStore store;

    IamDetails(IamStore store) {
        this.store = store;
    }

    GetAccountAuthorizationDetailsResponse page(GetAccountAuthorizationDetailsRequest request) {
        int most = Optional.ofNullable(request.maxItems()).orElse(ITEMS);
        if (most < 1 || most > MAX_ITEMS) {
            throw IamFaults.validation("maxItems must be from 1 to " + MAX_ITEMS);
        }
        String after = Optional.ofNullable(request.marker()).orElse("");
        return store.read(account -> {
            List<Item> left = items(account, request.filter())
                    .filter(item -> item.place().compareTo(after) > 0)
                    .sorted((one, other) -> one.place().compareTo(other.place()))
                    .toList();
            List<Item> page = left.subList(0, Math.min(most, left.size()));
            GetAccountAuthorizationDetailsResponse.Builder response = GetAccountAuthorizationDetailsResponse.builder()
                    .roleDetailList(page.stream()
                            .flatMap(item -> item.role().stream())
                            .map(IamDetails::view)
                            .toList())
                    .policies(page.stream()
                            .flatMap(item -> item.policy().stream())
                            .map(IamDetails::view)
                            .toList())
                    .isTruncated(page.size() < left.size());
            return (page.size() < left.size() ? response.marker(page.getLast().place()) : response).build();
        });
    }

    /** A role or a policy, with its position in the order of all. */
    private record Item(String place, Optional<ModelRole> role, Optional<ModelPolicy> policy) {}

    private static Stream<Item> items(ModelAccount account, List<EntityType> filter) {
        Stream<Item> roles = account.roles.values().stream()
                .filter(role -> filter.isEmpty() || filter.contains(EntityType.ROLE))
                .map(role -> new Item("1" + role.path + role.name, Optional.of(role), Optional.empty()));
        Stream<Item> policies = account.policies.values().stream()
                .filter(policy -> filter.isEmpty() || filter.contains(EntityType.LOCAL_MANAGED_POLICY))
                .map(policy -> new Item("2" + policy.path + policy.name, Optional.empty(), Optional.of(policy)));
        return Stream.concat(roles, policies);
    }

    private static RoleDetail view(ModelRole role) {
        Role known = IamRoles.view(role);
        return RoleDetail.builder()
                .roleName(known.roleName())
                .arn(known.arn())
                .path(known.path())
                .createDate(known.createDate())
                .assumeRolePolicyDocument(known.assumeRolePolicyDocument())
                .permissionsBoundary(known.permissionsBoundary())
                .tags(known.tags())
                .rolePolicyList(role.inline.entrySet().stream()
                        .map(policy -> PolicyDetail.builder()
                                .policyName(policy.getKey())
                                .policyDocument(IamDocuments.encoded(policy.getValue()))
                                .build())
                        .toList())
                .attachedManagedPolicies(role.attached.stream()
                        .map(arn -> AttachedPolicy.builder()
                                .policyArn(arn)
                                .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                                .build())
                        .toList())
                .build();
    }

    private static ManagedPolicyDetail view(ModelPolicy policy) {
        return ManagedPolicyDetail.builder()
                .policyName(policy.name)
                .arn(policy.arn)
                .path(policy.path)
                .defaultVersionId("v" + policy.defaultVersion)
                .policyVersionList(policy.versions.keySet().stream()
                        .map(number -> IamPolicies.version(policy, number))
                        .toList()
                        .reversed())
                .build();
    }
}
