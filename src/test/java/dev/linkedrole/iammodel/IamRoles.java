package dev.linkedrole.iammodel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.PermissionsBoundaryAttachmentType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Roles and their content. */
final class IamRoles {

    private final IamStore store;
    private final String accountId;

    IamRoles(IamStore store, String accountId) {
        this.store = store;
        this.accountId = accountId;
    }

    Role create(CreateRoleRequest request) {
        String path = Optional.ofNullable(request.path()).orElse("/");
        IamLimits.requireName("roleName", request.roleName(), IamLimits.ROLE_NAME);
        IamLimits.requirePath(path);
        if (path.startsWith("/aws-service-role/")) {
            throw IamFaults.invalid("The path /aws-service-role/ is reserved for service-linked roles.");
        }
        String description = Optional.ofNullable(request.description()).orElse("");
        IamLimits.requireDescription(description);
        IamDocuments.requireTrust(request.assumeRolePolicyDocument());
        IamLimits.requireTrust(request.assumeRolePolicyDocument());
        return store.write(account -> {
            requireFree(account, request.roleName());
            ModelRole role = new ModelRole(
                    request.roleName(),
                    "arn:aws:iam::" + accountId + ":role" + path + request.roleName(),
                    path,
                    store.time(),
                    null);
            role.description = description;
            role.trust = request.assumeRolePolicyDocument();
            role.boundary = request.permissionsBoundary();
            ModelAccount.tagRole(role.tags, tags(request.tags()));
            account.roles.put(ModelAccount.key(role.name), role);
            return view(role);
        });
    }

    private static void requireFree(ModelAccount account, String name) {
        if (account.roles.containsKey(ModelAccount.key(name))) {
            throw IamFaults.exists("Role with name " + name + " already exists.");
        }
    }

    Role get(String name) {
        return store.read(account -> view(account.role(name)));
    }

    List<Role> list(String pathPrefix) {
        return store.read(account -> account.roles.values().stream()
                .filter(role -> role.path.startsWith(pathPrefix))
                .map(IamRoles::view)
                .toList());
    }

    void delete(String name) {
        store.write(account -> {
            requireDeletable(account.role(name));
            return account.roles.remove(ModelAccount.key(name));
        });
    }

    private static void requireDeletable(ModelRole role) {
        requireModifiable(role);
        if (!role.inline.isEmpty()) {
            throw IamFaults.deleteConflict("Cannot delete entity, must delete policies first.");
        }
        if (!role.attached.isEmpty()) {
            throw IamFaults.deleteConflict("Cannot delete entity, must detach all policies first.");
        }
        if (!role.profiles.isEmpty()) {
            throw IamFaults.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
        }
    }

    void trust(String name, String document) {
        IamDocuments.requireTrust(document);
        IamLimits.requireTrust(document);
        change(name, role -> role.trust = document);
    }

    /** Sets the description, the only attribute of a service-linked role that may be edited, too. */
    void describe(String name, String description) {
        IamLimits.requireDescription(description);
        touch(name, role -> role.description = description);
    }

    void bound(String name, String policyArn) {
        change(name, role -> role.boundary = policyArn);
    }

    void unbound(String name) {
        change(name, role -> role.boundary = null);
    }

    void tag(String name, List<Tag> more) {
        touch(name, role -> ModelAccount.tagRole(role.tags, tags(more)));
    }

    void untag(String name, List<String> keys) {
        touch(name, role -> keys.forEach(key -> ModelAccount.untag(role.tags, key)));
    }

    void putPolicy(String name, String policy, String document) {
        IamLimits.requireName("policyName", policy, IamLimits.POLICY_NAME);
        IamDocuments.requirePermissions(document);
        change(name, role -> {
            role.inline.put(policy, document);
            IamLimits.requireInline(role.inline.values());
        });
    }

    String policy(String name, String policy) {
        return store.read(account -> Optional.ofNullable(
                        account.role(name).inline.get(policy))
                .orElseThrow(() -> IamFaults.noSuch("The role policy with name " + policy + " cannot be found.")));
    }

    List<String> policyNames(String name) {
        return store.read(account -> List.copyOf(account.role(name).inline.keySet()));
    }

    void deletePolicy(String name, String policy) {
        change(name, role -> {
            if (role.inline.remove(policy) == null) {
                throw IamFaults.noSuch("The role policy with name " + policy + " cannot be found.");
            }
        });
    }

    void createProfile(String profile) {
        store.write(account -> {
            if (!account.profiles.add(profile)) {
                throw IamFaults.exists("Instance Profile " + profile + " already exists.");
            }
            return profile;
        });
    }

    void addToProfile(String name, String profile) {
        change(name, role -> role.profiles.add(profile));
    }

    void leaveProfile(String name, String profile) {
        touch(name, role -> {
            if (!role.profiles.remove(profile)) {
                throw IamFaults.noSuch("Instance Profile " + profile + " cannot be found.");
            }
        });
    }

    List<String> profiles(String name) {
        return store.read(account -> List.copyOf(new TreeSet<>(account.role(name).profiles)));
    }

    void change(String name, Consumer<ModelRole> change) {
        touch(name, role -> {
            requireModifiable(role);
            change.accept(role);
        });
    }

    /** Changes a role after a check that another entity of the account exists. */
    void change(String name, Consumer<ModelRole> change, Consumer<ModelAccount> condition) {
        store.read(account -> {
            condition.accept(account);
            return name;
        });
        change(name, change);
    }

    private void touch(String name, Consumer<ModelRole> change) {
        store.writeRole(name, role -> {
            change.accept(role);
            return role;
        });
    }

    /**
     * Rejects changes of a service-linked role, which only its service may make.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html">UnmodifiableEntity</a>
     */
    private static void requireModifiable(ModelRole role) {
        if (role.service != null) {
            throw IamFaults.unmodifiable(role.name);
        }
    }

    static Map<String, String> tags(List<Tag> tags) {
        return tags.stream().collect(Collectors.toMap(Tag::key, Tag::value));
    }

    static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }

    static Role view(ModelRole role) {
        Role.Builder view = Role.builder()
                .roleName(role.name)
                .arn(role.arn)
                .path(role.path)
                .createDate(role.created)
                .description(role.description.isEmpty() ? null : role.description)
                .assumeRolePolicyDocument(IamDocuments.encoded(role.trust))
                .tags(tags(role.tags));
        Optional.ofNullable(role.boundary)
                .ifPresent(arn -> view.permissionsBoundary(AttachedPermissionsBoundary.builder()
                        .permissionsBoundaryArn(arn)
                        .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
                        .build()));
        return view.build();
    }
}
