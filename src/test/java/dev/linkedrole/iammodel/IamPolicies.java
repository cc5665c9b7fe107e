package dev.linkedrole.iammodel;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.Tag;

/** Managed policies, their versions, and their attachments. */
final class IamPolicies {

    private final IamStore store;
    private final IamRoles roles;
    private final String accountId;

    IamPolicies(IamStore store, IamRoles roles, String accountId) {
        this.store = store;
        this.roles = roles;
        this.accountId = accountId;
    }

    Policy create(CreatePolicyRequest request) {
        String path = Optional.ofNullable(request.path()).orElse("/");
        IamLimits.requireName("policyName", request.policyName(), IamLimits.POLICY_NAME);
        IamLimits.requirePath(path);
        IamDocuments.requirePermissions(request.policyDocument());
        IamLimits.requireManaged(request.policyDocument());
        return store.write(account -> {
            // A name is unique in the whole account, whatever its path.
            if (account.policies.values().stream()
                    .anyMatch(policy -> policy.name.equalsIgnoreCase(request.policyName()))) {
                throw IamFaults.exists("A policy called " + request.policyName() + " already exists.");
            }
            ModelPolicy policy = new ModelPolicy(
                    request.policyName(), "arn:aws:iam::" + accountId + ":policy" + path + request.policyName(), path);
            policy.versions.put(1, request.policyDocument());
            ModelAccount.tag(policy.tags, IamRoles.tags(request.tags()));
            account.policies.put(policy.arn, policy);
            return view(account, policy);
        });
    }

    Policy get(String arn) {
        return store.read(account -> view(account, account.policy(arn)));
    }

    List<Policy> list(String pathPrefix) {
        return store.read(account -> account.policies.values().stream()
                .filter(policy -> policy.path.startsWith(pathPrefix))
                .map(policy -> view(account, policy))
                .toList());
    }

    void delete(String arn) {
        store.write(account -> {
            ModelPolicy policy = account.policy(arn);
            if (account.attachedTo(arn).findAny().isPresent() || account.bounds(arn)) {
                throw IamFaults.deleteConflict("Cannot delete a policy attached to entities.");
            }
            if (policy.versions.size() > 1) {
                throw IamFaults.deleteConflict(
                        "This policy has more than one version. Before you delete a policy, you must"
                                + " delete the policy's versions.");
            }
            return account.policies.remove(arn);
        });
    }

    void tag(String arn, List<Tag> more) {
        store.write(account -> {
            ModelAccount.tag(account.policy(arn).tags, IamRoles.tags(more));
            return arn;
        });
    }

    PolicyVersion createVersion(String arn, String document, boolean asDefault) {
        IamDocuments.requirePermissions(document);
        IamLimits.requireManaged(document);
        return store.write(account -> {
            ModelPolicy policy = account.policy(arn);
            if (policy.versions.size() >= IamLimits.VERSIONS) {
                throw IamFaults.limitExceeded("A managed policy can have up to " + IamLimits.VERSIONS
                        + " versions. Before you create a new version, you must delete an existing version.");
            }
            policy.newest++;
            policy.versions.put(policy.newest, document);
            if (asDefault) {
                policy.defaultVersion = policy.newest;
            }
            return version(policy, policy.newest);
        });
    }

    PolicyVersion version(String arn, String version) {
        return store.read(account -> version(account.policy(arn), number(account.policy(arn), version)));
    }

    List<PolicyVersion> versions(String arn) {
        return store.read(account -> {
            ModelPolicy policy = account.policy(arn);
            return policy.versions.keySet().stream()
                    .map(number -> version(policy, number))
                    .toList()
                    .reversed();
        });
    }

    void setDefault(String arn, String version) {
        store.write(account -> account.policy(arn).defaultVersion = number(account.policy(arn), version));
    }

    void deleteVersion(String arn, String version) {
        store.write(account -> {
            ModelPolicy policy = account.policy(arn);
            int number = number(policy, version);
            if (number == policy.defaultVersion) {
                throw IamFaults.deleteConflict("Cannot delete the default version of a policy.");
            }
            return policy.versions.remove(number);
        });
    }

    void attach(String role, String arn) {
        roles.change(
                role,
                found -> {
                    found.attached.add(arn);
                    if (found.attached.size() > IamLimits.ATTACHMENTS) {
                        throw IamFaults.limitExceeded(
                                "Cannot exceed quota for PoliciesPerRole: " + IamLimits.ATTACHMENTS);
                    }
                },
                account -> requireAttachable(account, arn));
    }

    /** AWS's own policies exist in every account. */
    private static void requireAttachable(ModelAccount account, String arn) {
        if (!arn.startsWith("arn:aws:iam::aws:policy/")) {
            account.policy(arn);
        }
    }

    void detach(String role, String arn) {
        roles.change(role, found -> {
            if (!found.attached.remove(arn)) {
                throw IamFaults.noSuch("Policy " + arn + " was not found.");
            }
        });
    }

    List<AttachedPolicy> attached(String role) {
        return store.read(account -> account.role(role).attached.stream()
                .map(arn -> AttachedPolicy.builder()
                        .policyArn(arn)
                        .policyName(arn.substring(arn.lastIndexOf('/') + 1))
                        .build())
                .toList());
    }

    private static int number(ModelPolicy policy, String version) {
        int number = version.matches("v[1-9][0-9]{0,8}") ? Integer.parseInt(version.substring(1)) : 0;
        if (!policy.versions.containsKey(number)) {
            throw IamFaults.noSuch(
                    "Policy " + policy.arn + " version " + version + " does not exist or is not attachable.");
        }
        return number;
    }

    static PolicyVersion version(ModelPolicy policy, int number) {
        return PolicyVersion.builder()
                .versionId("v" + number)
                .isDefaultVersion(number == policy.defaultVersion)
                .document(IamDocuments.encoded(policy.versions.getOrDefault(number, "")))
                .build();
    }

    private static Policy view(ModelAccount account, ModelPolicy policy) {
        return Policy.builder()
                .policyName(policy.name)
                .arn(policy.arn)
                .path(policy.path)
                .defaultVersionId("v" + policy.defaultVersion)
                .attachmentCount((int) account.attachedTo(policy.arn).count())
                .isAttachable(true)
                .tags(IamRoles.tags(policy.tags))
                .build();
    }
}
