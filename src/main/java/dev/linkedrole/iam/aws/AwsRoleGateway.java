package dev.linkedrole.iam.aws;

import dev.linkedrole.iam.IamCallException;
import dev.linkedrole.iam.IamCallException.Kind;
import dev.linkedrole.iam.RoleGateway;
import dev.linkedrole.iam.ServiceLinkedDeletion;
import dev.linkedrole.retry.Retry;
import dev.linkedrole.role.fingerprint.RoleComponent;
import dev.linkedrole.role.fingerprint.RoleFingerprint;
import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.plan.Step;
import dev.linkedrole.role.state.ActualRole;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.ManagedPolicy;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.Role;

/** Roles in IAM: ordinary ones, and the calls that service-linked ones share with them. */
public final class AwsRoleGateway implements RoleGateway {

    private final IamAsyncClient iam;
    private final AwsServiceLinkedRoles serviceLinked;
    private final AwsManagedPolicies policies;

    public AwsRoleGateway(IamAsyncClient iam, Retry retry) {
        this.iam = iam;
        this.serviceLinked = new AwsServiceLinkedRoles(iam);
        this.policies = new AwsManagedPolicies(iam, retry);
    }

    @Override
    public Uni<ActualRole> read(RoleName name) {
        return getRole(name)
                .flatMap(found -> found.map(role -> readPolicies(name, role))
                        .orElseGet(() -> Uni.createFrom().item(new ActualRole.Missing())))
                // The role was deleted while it was being read.
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(new ActualRole.Missing());
    }

    private Uni<ActualRole> readPolicies(RoleName name, Role role) {
        return Uni.combine()
                .all()
                .unis(inlinePolicies(name), attachedPolicies(name))
                .asTuple()
                .map(policies -> new ActualRole.Present(
                        role.arn(),
                        role.createDate(),
                        Optional.ofNullable(role.description()).orElse(""),
                        IamRequests.decode(role.assumeRolePolicyDocument()),
                        tagsOf(role),
                        Optional.ofNullable(role.permissionsBoundary())
                                .map(AttachedPermissionsBoundary::permissionsBoundaryArn),
                        policies.getItem1(),
                        policies.getItem2()));
    }

    private Uni<SortedMap<String, String>> inlinePolicies(RoleName name) {
        return inlinePolicyNames(name)
                .onItem()
                .transformToUniAndConcatenate(policy -> document(name, policy)
                        .map(json -> Map.entry(policy, json))
                        // The policy, not the role, was deleted while it was being read.
                        .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                        .recoverWithNull())
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(TreeMap::new);
    }

    private Uni<String> document(RoleName name, String policy) {
        return IamRequests.call(
                        "GetRolePolicy",
                        () -> iam.getRolePolicy(r -> r.roleName(name.value()).policyName(policy)))
                .map(response -> IamRequests.decode(response.policyDocument()));
    }

    private Uni<SortedSet<String>> attachedPolicies(RoleName name) {
        return IamRequests.pages(
                        "ListAttachedRolePolicies",
                        () -> iam.listAttachedRolePoliciesPaginator(r -> r.roleName(name.value()))
                                .attachedPolicies())
                .map(AttachedPolicy::policyArn)
                .collect()
                .in(TreeSet::new, Collection::add);
    }

    private Multi<String> inlinePolicyNames(RoleName name) {
        return IamRequests.pages(
                "ListRolePolicies",
                () -> iam.listRolePoliciesPaginator(r -> r.roleName(name.value()))
                        .policyNames());
    }

    private Multi<String> instanceProfiles(RoleName name) {
        return IamRequests.pages(
                        "ListInstanceProfilesForRole",
                        () -> iam.listInstanceProfilesForRolePaginator(r -> r.roleName(name.value()))
                                .instanceProfiles())
                .map(InstanceProfile::instanceProfileName);
    }

    @Override
    public Uni<Optional<Map<String, String>>> tags(RoleName name) {
        return getRole(name).map(found -> found.map(AwsRoleGateway::tagsOf));
    }

    private Uni<Optional<Role>> getRole(RoleName name) {
        return IamRequests.call("GetRole", () -> iam.getRole(r -> r.roleName(name.value())))
                .map(GetRoleResponse::role)
                .map(Optional::of)
                .onFailure(failure -> IamCallException.is(failure, Kind.NOT_FOUND))
                .recoverWithItem(Optional.empty());
    }

    @Override
    public Uni<Optional<ManagedPolicy>> policy(String policyArn) {
        return policies.policy(policyArn);
    }

    @Override
    public Uni<RoleFingerprint> obstacles(RoleName name) {
        Multi<RoleComponent> inline = inlinePolicyNames(name).map(RoleComponent.Inline::new);
        Multi<RoleComponent> attached =
                attachedPolicies(name).onItem().<String>disjoint().map(RoleComponent.Attached::new);
        Multi<RoleComponent> profiles = instanceProfiles(name).map(RoleComponent.InInstanceProfile::new);
        return Multi.createBy()
                .concatenating()
                .streams(inline, attached, profiles)
                .collect()
                .in(
                        TreeMap<RoleComponent, String>::new,
                        (digests, component) -> digests.put(component, component.key()))
                .map(RoleFingerprint::new);
    }

    @Override
    public Uni<Optional<String>> find(RoleName likely, String path, String suffix) {
        return serviceLinked.find(likely, path, suffix);
    }

    @Override
    public Uni<Optional<String>> beginDeletion(RoleName name) {
        return serviceLinked.beginDeletion(name);
    }

    @Override
    public Uni<ServiceLinkedDeletion> deletion(String task) {
        return serviceLinked.deletion(task);
    }

    @Override
    public Uni<Optional<String>> carryOut(RoleName name, Step step) {
        String role = name.value();
        return switch (step) {
            case Step.CreateRole create ->
                (create.role().serviceLinked() ? serviceLinked.create(create.role()) : create(create))
                        .map(Optional::of);
            case Step.PutTrustPolicy(String document) ->
                IamRequests.done(
                        "UpdateAssumeRolePolicy",
                        () -> iam.updateAssumeRolePolicy(r -> r.roleName(role).policyDocument(document)));
            case Step.PutTags(SortedMap<String, String> tags) ->
                IamRequests.done(
                        "TagRole", () -> iam.tagRole(r -> r.roleName(role).tags(IamRequests.tags(tags))));
            case Step.PutBoundary(String policy) ->
                IamRequests.done(
                        "PutRolePermissionsBoundary",
                        () -> iam.putRolePermissionsBoundary(
                                r -> r.roleName(role).permissionsBoundary(policy)));
            case Step.PutDescription(String description) ->
                // UpdateRole would also reset the maximum session duration if the call does not set it.
                IamRequests.done(
                        "UpdateRoleDescription",
                        () -> iam.updateRoleDescription(r -> r.roleName(role).description(description)));
            case Step.PutInlinePolicy(String policy, String document) ->
                IamRequests.done(
                        "PutRolePolicy",
                        () -> iam.putRolePolicy(
                                r -> r.roleName(role).policyName(policy).policyDocument(document)));
            case Step.DeleteInlinePolicy(String policy) ->
                IamRequests.gone(
                        "DeleteRolePolicy",
                        () -> iam.deleteRolePolicy(r -> r.roleName(role).policyName(policy)));
            case Step.CreatePolicy create -> policies.create(create);
            case Step.PutPolicyVersion put -> policies.put(put.policyArn(), put.document());
            case Step.AttachPolicy(String policy) ->
                IamRequests.done(
                        "AttachRolePolicy",
                        () -> iam.attachRolePolicy(r -> r.roleName(role).policyArn(policy)));
            case Step.DeletePolicy(String policy) -> policies.delete(policy);
            case Step.DetachPolicy(String policy) ->
                IamRequests.gone(
                        "DetachRolePolicy",
                        () -> iam.detachRolePolicy(r -> r.roleName(role).policyArn(policy)));
            case Step.LeaveInstanceProfile(String profile) ->
                IamRequests.gone(
                        "RemoveRoleFromInstanceProfile",
                        () -> iam.removeRoleFromInstanceProfile(
                                r -> r.roleName(role).instanceProfileName(profile)));
            case Step.DeleteRole() -> IamRequests.gone("DeleteRole", () -> iam.deleteRole(r -> r.roleName(role)));
        };
    }

    private Uni<String> create(Step.CreateRole step) {
        DesiredRole.Present desired = step.role();
        CreateRoleRequest.Builder request = CreateRoleRequest.builder()
                .roleName(desired.name().value())
                .path(desired.path())
                .description(desired.descriptionAtBirth())
                .assumeRolePolicyDocument(desired.trustPolicy())
                .tags(IamRequests.tags(step.tags()));
        desired.permissionsBoundary().ifPresent(request::permissionsBoundary);
        return IamRequests.call("CreateRole", () -> iam.createRole(request.build()))
                .map(response -> response.role().arn());
    }

    private static Map<String, String> tagsOf(Role role) {
        return IamRequests.tagsOf(role.tags());
    }
}
