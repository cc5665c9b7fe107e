package dev.linkedrole.testing.iam;

import dev.linkedrole.role.identity.RoleName;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPermissionsBoundary;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.iam.model.Tag;

/** Reads roles from IAM without any code of the service. */
public final class IamReader {

    private final IamClient iam;

    public IamReader(IamClient iam) {
        this.iam = iam;
    }

    /**
     * The complete state of a role in IAM.
     *
     * @param id unique id, which a recreated role of the same name does not share
     * @param inlinePolicies by name, byte for byte
     * @param attachedPolicies the ARNs of the managed ones
     */
    public record FoundRole(
            String id,
            String arn,
            String path,
            String description,
            String trustPolicy,
            SortedMap<String, String> tags,
            Optional<String> boundary,
            SortedMap<String, String> inlinePolicies,
            SortedSet<String> attachedPolicies) {

        /** Union of its policies' permissions; fails if one policy is not inline. */
        public SortedSet<Permission> permissions() {
            if (!attachedPolicies.isEmpty()) {
                throw new AssertionError("policies are attached: " + attachedPolicies);
            }
            return inlinePolicies.values().stream()
                    .flatMap(policy -> Permission.allowedBy(policy).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Union of the permissions of all policies of a role, attached managed ones included. */
    public SortedSet<Permission> permissions(RoleName name) {
        FoundRole role = get(name);
        return Stream.concat(
                        role.inlinePolicies().values().stream(),
                        role.attachedPolicies().stream().map(this::document))
                .flatMap(policy -> Permission.allowedBy(policy).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Document of a managed policy's default version, byte for byte. */
    public String document(String policyArn) {
        String version = iam.getPolicy(r -> r.policyArn(policyArn)).policy().defaultVersionId();
        return decode(iam.getPolicyVersion(r -> r.policyArn(policyArn).versionId(version))
                .policyVersion()
                .document());
    }

    /** ARNs of all managed policies, attached or not, that are named after a role. */
    public SortedSet<String> policiesOf(RoleName name) {
        return iam
                .listPoliciesPaginator(r -> r.scope(PolicyScopeType.LOCAL).pathPrefix("/linked-role/"))
                .policies()
                .stream()
                .filter(policy -> policy.policyName().startsWith(name + "-"))
                .map(Policy::arn)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public boolean exists(RoleName name) {
        return find(name).isPresent();
    }

    /** Returns the role; fails if there is none. */
    public FoundRole get(RoleName name) {
        return find(name).orElseThrow(() -> new AssertionError("IAM has no role " + name));
    }

    public Optional<FoundRole> find(RoleName name) {
        try {
            return Optional.of(read(name.value()));
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    private FoundRole read(String name) {
        Role role = iam.getRole(r -> r.roleName(name)).role();
        Map<String, String> tags =
                iam.listRoleTags(r -> r.roleName(name)).tags().stream().collect(Collectors.toMap(Tag::key, Tag::value));
        SortedMap<String, String> inline = new TreeMap<>();
        iam.listRolePoliciesPaginator(r -> r.roleName(name))
                .policyNames()
                .forEach(policy -> inline.put(
                        policy,
                        decode(iam.getRolePolicy(r -> r.roleName(name).policyName(policy))
                                .policyDocument())));
        SortedSet<String> attached =
                iam.listAttachedRolePoliciesPaginator(r -> r.roleName(name)).attachedPolicies().stream()
                        .map(AttachedPolicy::policyArn)
                        .collect(Collectors.toCollection(TreeSet::new));
        return new FoundRole(
                role.roleId(),
                role.arn(),
                role.path(),
                role.description(),
                decode(role.assumeRolePolicyDocument()),
                new TreeMap<>(tags),
                Optional.ofNullable(role.permissionsBoundary())
                        .map(AttachedPermissionsBoundary::permissionsBoundaryArn),
                inline,
                attached);
    }

    /** Decodes a document from IAM, where a plus is a plus; only in forms it is a space. */
    static String decode(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
