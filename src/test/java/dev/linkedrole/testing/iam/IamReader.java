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

/** Reads roles from IAM, with nothing of the service's in between. */
public final class IamReader {

    private final IamClient iam;

    public IamReader(IamClient iam) {
        this.iam = iam;
    }

    /**
     * All that there is to a role.
     *
     * @param id what IAM gives every role again, even one of a name that was there before
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

        /** What its policies allow together; fails if one of them is not inline. */
        public SortedSet<Permission> permissions() {
            if (!attachedPolicies.isEmpty()) {
                throw new AssertionError("policies are attached: " + attachedPolicies);
            }
            return inlinePolicies.values().stream()
                    .flatMap(policy -> Permission.allowedBy(policy).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What all of a role's policies allow together, the managed ones that are attached among them. */
    public SortedSet<Permission> permissions(RoleName name) {
        FoundRole role = get(name);
        return Stream.concat(
                        role.inlinePolicies().values().stream(),
                        role.attachedPolicies().stream().map(this::document))
                .flatMap(policy -> Permission.allowedBy(policy).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the version in force of a managed policy says, byte for byte. */
    public String document(String policyArn) {
        String version = iam.getPolicy(r -> r.policyArn(policyArn)).policy().defaultVersionId();
        return decode(iam.getPolicyVersion(r -> r.policyArn(policyArn).versionId(version))
                .policyVersion()
                .document());
    }

    /** The ARNs of all managed policies, attached or not, that are called after a role. */
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

    /** The role, which has to be there. */
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

    /** A plus is a plus in what IAM gives back; only in forms it is a space. */
    static String decode(String document) {
        return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
