package dev.linkedrole.iammodel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.AddRoleToInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.AttachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleResponse;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeleteRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.DeleteRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteRoleResponse;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleRequest;
import software.amazon.awssdk.services.iam.model.DeleteServiceLinkedRoleResponse;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.DetachRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsRequest;
import software.amazon.awssdk.services.iam.model.GetAccountAuthorizationDetailsResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.GetRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.GetRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusRequest;
import software.amazon.awssdk.services.iam.model.GetServiceLinkedRoleDeletionStatusResponse;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListAttachedRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleRequest;
import software.amazon.awssdk.services.iam.model.ListInstanceProfilesForRoleResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListRolePoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListRolesRequest;
import software.amazon.awssdk.services.iam.model.ListRolesResponse;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryRequest;
import software.amazon.awssdk.services.iam.model.PutRolePermissionsBoundaryResponse;
import software.amazon.awssdk.services.iam.model.PutRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.PutRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileRequest;
import software.amazon.awssdk.services.iam.model.RemoveRoleFromInstanceProfileResponse;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.TagPolicyRequest;
import software.amazon.awssdk.services.iam.model.TagPolicyResponse;
import software.amazon.awssdk.services.iam.model.TagRoleRequest;
import software.amazon.awssdk.services.iam.model.TagRoleResponse;
import software.amazon.awssdk.services.iam.model.UntagRoleRequest;
import software.amazon.awssdk.services.iam.model.UntagRoleResponse;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyRequest;
import software.amazon.awssdk.services.iam.model.UpdateAssumeRolePolicyResponse;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionRequest;
import software.amazon.awssdk.services.iam.model.UpdateRoleDescriptionResponse;

/** A client of the model: the SDK's own interface, so that every caller of IAM can call it. */
public final class IamModelClient implements IamAsyncClient {

    /** Decides when a call takes effect, whether it does, and when its answer comes. */
    public interface Gate {
        /**
         * Answers a call, sooner or later.
         *
         * @param effect carries out the call, and returns its answer or throws IAM's error
         */
        <T> CompletableFuture<T> call(String operation, Supplier<T> effect);
    }

    private final IamModel iam;
    private final Gate gate;
    private final Map<String, String> mayChange;
    private final boolean patient;

    private IamModelClient(IamModel iam, Gate gate, Map<String, String> mayChange, boolean patient) {
        this.iam = iam;
        this.gate = gate;
        this.mayChange = mayChange;
        this.patient = patient;
    }

    /** Creates a client with all permissions that is answered at once, without throttling. */
    public static IamModelClient administrator(IamModel iam) {
        return new IamModelClient(iam, IamModelClient::atOnce, Map.of(), true);
    }

    /**
     * Creates a client whose policy permits changes only to entities with a tag, like the controller's own policy
     * ({@code deploy/controller-policy.yaml}).
     *
     * @param tag the tag, by its name
     */
    public static IamModelClient limited(IamModel iam, Gate gate, Map<String, String> tag) {
        return new IamModelClient(iam, gate, tag, false);
    }

    private <T> CompletableFuture<T> call(String operation, Supplier<T> effect) {
        return gate.call(operation, () -> {
            if (!patient) {
                iam.rate.take();
                iam.requireAllowed(operation);
            }
            return effect.get();
        });
    }

    /** Carries out a call at once. */
    public static <T> CompletableFuture<T> atOnce(String operation, Supplier<T> effect) {
        try {
            return CompletableFuture.completedFuture(effect.get());
        } catch (IamException rejection) {
            return CompletableFuture.failedFuture(rejection);
        }
    }

    private void begin(String thing) {
        if (!patient) {
            iam.changes.begin(thing);
        }
    }

    private void guard(String operation, String roleName) {
        begin("role " + roleName);
        if (!iam.tagsNow(roleName)
                .map(tags -> caseless(tags).entrySet().containsAll(mayChange.entrySet()))
                .orElse(true)) {
            throw IamFaults.accessDenied(operation, "role " + roleName);
        }
    }

    /** Returns tags by lower-case names, since conditions ignore the case of names. */
    private static Map<String, String> caseless(Map<String, String> tags) {
        SortedMap<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        caseless.putAll(tags);
        return caseless;
    }

    /** Requires the tag on every new entity. */
    private void guardMaking(String operation, String name, List<Tag> tags) {
        if (!IamRoles.tags(tags).entrySet().containsAll(mayChange.entrySet())) {
            throw IamFaults.accessDenied(operation, name + " without the tag");
        }
    }

    /**
     * Permits tags on entities that carry the tag, and the tag itself on entities without it; so nothing is taken over
     * or given away.
     */
    private void guardTags(String roleName, List<Tag> tags) {
        begin("role " + roleName);
        Map<String, String> put = caseless(IamRoles.tags(tags));
        Map<String, String> known = caseless(iam.tagsNow(roleName).orElse(Map.of()));
        mayChange.forEach((key, value) -> {
            boolean nobodys = !known.containsKey(key) && value.equals(put.get(key));
            boolean ours = value.equals(known.get(key)) && value.equals(put.getOrDefault(key, value));
            if (!nobodys && !ours && iam.tagsNow(roleName).isPresent()) {
                throw IamFaults.accessDenied("TagRole", "role " + roleName);
            }
        });
    }

    private void guardPolicy(String operation, String policyArn) {
        begin(policyArn);
        boolean denied = iam.policyTagsNow(policyArn)
                .filter(tags -> !tags.entrySet().containsAll(mayChange.entrySet()))
                .isPresent();
        if (denied) {
            throw IamFaults.accessDenied(operation, "policy " + policyArn);
        }
    }

    /** Rejects the attachment of AWS's own policies, such as AdministratorAccess. */
    private void guardAttaching(String policyArn) {
        if (!mayChange.isEmpty() && policyArn.startsWith("arn:aws:iam::aws:")) {
            throw IamFaults.accessDenied("AttachRolePolicy", "policy " + policyArn);
        }
    }

    @Override
    public CompletableFuture<CreateRoleResponse> createRole(CreateRoleRequest r) {
        return call("CreateRole", () -> {
            guardMaking("CreateRole", r.roleName(), r.tags());
            return CreateRoleResponse.builder().role(iam.roles.create(r)).build();
        });
    }

    @Override
    public CompletableFuture<GetRoleResponse> getRole(GetRoleRequest r) {
        return call(
                "GetRole",
                () -> GetRoleResponse.builder()
                        .role(iam.roles.get(r.roleName()))
                        .build());
    }

    @Override
    public CompletableFuture<ListRolesResponse> listRoles(ListRolesRequest r) {
        return call(
                "ListRoles",
                () -> ListRolesResponse.builder()
                        .roles(iam.roles.list(
                                Optional.ofNullable(r.pathPrefix()).orElse("/")))
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<GetAccountAuthorizationDetailsResponse> getAccountAuthorizationDetails(
            GetAccountAuthorizationDetailsRequest r) {
        return call("GetAccountAuthorizationDetails", () -> iam.details.page(r));
    }

    @Override
    public CompletableFuture<DeleteRoleResponse> deleteRole(DeleteRoleRequest r) {
        return call("DeleteRole", () -> {
            guard("DeleteRole", r.roleName());
            iam.roles.delete(r.roleName());
            return DeleteRoleResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<UpdateAssumeRolePolicyResponse> updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest r) {
        return call("UpdateAssumeRolePolicy", () -> {
            guard("UpdateAssumeRolePolicy", r.roleName());
            iam.roles.trust(r.roleName(), r.policyDocument());
            return UpdateAssumeRolePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<UpdateRoleDescriptionResponse> updateRoleDescription(UpdateRoleDescriptionRequest r) {
        return call("UpdateRoleDescription", () -> {
            guard("UpdateRoleDescription", r.roleName());
            iam.roles.describe(r.roleName(), r.description());
            return UpdateRoleDescriptionResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<PutRolePermissionsBoundaryResponse> putRolePermissionsBoundary(
            PutRolePermissionsBoundaryRequest r) {
        return call("PutRolePermissionsBoundary", () -> {
            guard("PutRolePermissionsBoundary", r.roleName());
            iam.roles.bound(r.roleName(), r.permissionsBoundary());
            return PutRolePermissionsBoundaryResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<DeleteRolePermissionsBoundaryResponse> deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest r) {
        return call("DeleteRolePermissionsBoundary", () -> {
            guard("DeleteRolePermissionsBoundary", r.roleName());
            iam.roles.unbound(r.roleName());
            return DeleteRolePermissionsBoundaryResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<TagRoleResponse> tagRole(TagRoleRequest r) {
        return call("TagRole", () -> {
            guardTags(r.roleName(), r.tags());
            iam.roles.tag(r.roleName(), r.tags());
            return TagRoleResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<UntagRoleResponse> untagRole(UntagRoleRequest r) {
        return call("UntagRole", () -> {
            guard("UntagRole", r.roleName());
            iam.roles.untag(r.roleName(), r.tagKeys());
            return UntagRoleResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<PutRolePolicyResponse> putRolePolicy(PutRolePolicyRequest r) {
        return call("PutRolePolicy", () -> {
            guard("PutRolePolicy", r.roleName());
            iam.roles.putPolicy(r.roleName(), r.policyName(), r.policyDocument());
            return PutRolePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<GetRolePolicyResponse> getRolePolicy(GetRolePolicyRequest r) {
        return call(
                "GetRolePolicy",
                () -> GetRolePolicyResponse.builder()
                        .roleName(r.roleName())
                        .policyName(r.policyName())
                        .policyDocument(IamDocuments.encoded(iam.roles.policy(r.roleName(), r.policyName())))
                        .build());
    }

    @Override
    public CompletableFuture<DeleteRolePolicyResponse> deleteRolePolicy(DeleteRolePolicyRequest r) {
        return call("DeleteRolePolicy", () -> {
            guard("DeleteRolePolicy", r.roleName());
            iam.roles.deletePolicy(r.roleName(), r.policyName());
            return DeleteRolePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<ListRolePoliciesResponse> listRolePolicies(ListRolePoliciesRequest r) {
        return call(
                "ListRolePolicies",
                () -> ListRolePoliciesResponse.builder()
                        .policyNames(iam.roles.policyNames(r.roleName()))
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<CreateInstanceProfileResponse> createInstanceProfile(CreateInstanceProfileRequest r) {
        return call("CreateInstanceProfile", () -> {
            iam.roles.createProfile(r.instanceProfileName());
            return CreateInstanceProfileResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<AddRoleToInstanceProfileResponse> addRoleToInstanceProfile(
            AddRoleToInstanceProfileRequest r) {
        return call("AddRoleToInstanceProfile", () -> {
            iam.roles.addToProfile(r.roleName(), r.instanceProfileName());
            return AddRoleToInstanceProfileResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<RemoveRoleFromInstanceProfileResponse> removeRoleFromInstanceProfile(
            RemoveRoleFromInstanceProfileRequest r) {
        return call("RemoveRoleFromInstanceProfile", () -> {
            iam.roles.leaveProfile(r.roleName(), r.instanceProfileName());
            return RemoveRoleFromInstanceProfileResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<ListInstanceProfilesForRoleResponse> listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest r) {
        return call(
                "ListInstanceProfilesForRole",
                () -> ListInstanceProfilesForRoleResponse.builder()
                        .instanceProfiles(iam.roles.profiles(r.roleName()).stream()
                                .map(name -> InstanceProfile.builder()
                                        .instanceProfileName(name)
                                        .build())
                                .toList())
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<CreatePolicyResponse> createPolicy(CreatePolicyRequest r) {
        return call("CreatePolicy", () -> {
            guardMaking("CreatePolicy", r.policyName(), r.tags());
            return CreatePolicyResponse.builder().policy(iam.policies.create(r)).build();
        });
    }

    @Override
    public CompletableFuture<GetPolicyResponse> getPolicy(GetPolicyRequest r) {
        return call(
                "GetPolicy",
                () -> GetPolicyResponse.builder()
                        .policy(iam.policies.get(r.policyArn()))
                        .build());
    }

    @Override
    public CompletableFuture<ListPoliciesResponse> listPolicies(ListPoliciesRequest r) {
        return call(
                "ListPolicies",
                () -> ListPoliciesResponse.builder()
                        .policies(iam.policies.list(
                                Optional.ofNullable(r.pathPrefix()).orElse("/")))
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<DeletePolicyResponse> deletePolicy(DeletePolicyRequest r) {
        return call("DeletePolicy", () -> {
            guardPolicy("DeletePolicy", r.policyArn());
            iam.policies.delete(r.policyArn());
            return DeletePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<TagPolicyResponse> tagPolicy(TagPolicyRequest r) {
        return call("TagPolicy", () -> {
            iam.policies.tag(r.policyArn(), r.tags());
            return TagPolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<CreatePolicyVersionResponse> createPolicyVersion(CreatePolicyVersionRequest r) {
        return call("CreatePolicyVersion", () -> {
            guardPolicy("CreatePolicyVersion", r.policyArn());
            return CreatePolicyVersionResponse.builder()
                    .policyVersion(iam.policies.createVersion(
                            r.policyArn(), r.policyDocument(), Boolean.TRUE.equals(r.setAsDefault())))
                    .build();
        });
    }

    @Override
    public CompletableFuture<GetPolicyVersionResponse> getPolicyVersion(GetPolicyVersionRequest r) {
        return call(
                "GetPolicyVersion",
                () -> GetPolicyVersionResponse.builder()
                        .policyVersion(iam.policies.version(r.policyArn(), r.versionId()))
                        .build());
    }

    @Override
    public CompletableFuture<ListPolicyVersionsResponse> listPolicyVersions(ListPolicyVersionsRequest r) {
        return call(
                "ListPolicyVersions",
                () -> ListPolicyVersionsResponse.builder()
                        .versions(iam.policies.versions(r.policyArn()))
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<SetDefaultPolicyVersionResponse> setDefaultPolicyVersion(
            SetDefaultPolicyVersionRequest r) {
        return call("SetDefaultPolicyVersion", () -> {
            guardPolicy("SetDefaultPolicyVersion", r.policyArn());
            iam.policies.setDefault(r.policyArn(), r.versionId());
            return SetDefaultPolicyVersionResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<DeletePolicyVersionResponse> deletePolicyVersion(DeletePolicyVersionRequest r) {
        return call("DeletePolicyVersion", () -> {
            guardPolicy("DeletePolicyVersion", r.policyArn());
            iam.policies.deleteVersion(r.policyArn(), r.versionId());
            return DeletePolicyVersionResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<AttachRolePolicyResponse> attachRolePolicy(AttachRolePolicyRequest r) {
        return call("AttachRolePolicy", () -> {
            guard("AttachRolePolicy", r.roleName());
            guardAttaching(r.policyArn());
            iam.policies.attach(r.roleName(), r.policyArn());
            return AttachRolePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<DetachRolePolicyResponse> detachRolePolicy(DetachRolePolicyRequest r) {
        return call("DetachRolePolicy", () -> {
            guard("DetachRolePolicy", r.roleName());
            iam.policies.detach(r.roleName(), r.policyArn());
            return DetachRolePolicyResponse.builder().build();
        });
    }

    @Override
    public CompletableFuture<ListAttachedRolePoliciesResponse> listAttachedRolePolicies(
            ListAttachedRolePoliciesRequest r) {
        return call(
                "ListAttachedRolePolicies",
                () -> ListAttachedRolePoliciesResponse.builder()
                        .attachedPolicies(iam.policies.attached(r.roleName()))
                        .isTruncated(false)
                        .build());
    }

    @Override
    public CompletableFuture<CreateServiceLinkedRoleResponse> createServiceLinkedRole(
            CreateServiceLinkedRoleRequest r) {
        return call(
                "CreateServiceLinkedRole",
                () -> CreateServiceLinkedRoleResponse.builder()
                        .role(iam.serviceRoles.create(r))
                        .build());
    }

    @Override
    public CompletableFuture<DeleteServiceLinkedRoleResponse> deleteServiceLinkedRole(
            DeleteServiceLinkedRoleRequest r) {
        return call("DeleteServiceLinkedRole", () -> {
            guard("DeleteServiceLinkedRole", r.roleName());
            return DeleteServiceLinkedRoleResponse.builder()
                    .deletionTaskId(iam.serviceRoles.delete(r.roleName()))
                    .build();
        });
    }

    @Override
    public CompletableFuture<GetServiceLinkedRoleDeletionStatusResponse> getServiceLinkedRoleDeletionStatus(
            GetServiceLinkedRoleDeletionStatusRequest r) {
        return call("GetServiceLinkedRoleDeletionStatus", () -> iam.serviceRoles.status(r.deletionTaskId()));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {}
}
