package dev.linkedrole.api.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkedrole.reconcile.apply.AttachedPolicy;
import dev.linkedrole.role.packing.PolicySlot;
import dev.linkedrole.role.policy.PolicyDocument;
import dev.linkedrole.role.state.DesiredRole;
import dev.linkedrole.role.state.PolicyArns;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * JSON view of a role's use of the policy limits: its desired policies and the unused characters.
 *
 * @param count the number of policies
 * @param limit the maximum number of policies
 * @param characters their total size in characters, as IAM counts them
 * @param characterLimit the maximum total size in characters
 * @param each the policies, in the order in which they are filled
 */
public record PoliciesView(int count, int limit, int characters, int characterLimit, List<PolicyRoom> each) {

    /** Creates the view from the ledger alone. */
    static @Nullable PoliciesView of(DesiredRole desired, Optional<String> roleArn) {
        return of(desired, roleArn, Map.of());
    }

    /**
     * Creates the view with the versions in IAM.
     *
     * @param attached the managed policies attached to the role, by their ARNs
     */
    static @Nullable PoliciesView of(
            DesiredRole desired, Optional<String> roleArn, Map<String, AttachedPolicy> attached) {
        if (!(desired instanceof DesiredRole.Present present)) {
            return null;
        }
        Optional<PolicyArns> arns = roleArn.map(arn -> PolicyArns.of(arn, present.path(), present.name()));
        List<PolicyRoom> each = present.packing().documents().entrySet().stream()
                .map(policy -> PolicyRoom.of(policy.getKey(), policy.getValue(), present, arns, attached))
                .toList();
        return new PoliciesView(
                each.size(),
                1 + present.managedPolicies(),
                each.stream().mapToInt(PolicyRoom::characters).sum(),
                PolicyDocument.MAX_INLINE_SIZE + present.managedPolicies() * PolicyDocument.MAX_MANAGED_SIZE,
                each);
    }

    /**
     * JSON view of one policy's size and versions.
     *
     * @param place {@code inline} or {@code managed}
     * @param name its name in IAM
     * @param arn its ARN, if it is a managed policy of an existing role
     * @param characters its size in characters, as IAM counts them
     * @param limit its maximum size in characters
     * @param version the version in force; absent if IAM was not asked
     * @param versions all versions in IAM, newest first; absent if IAM was not asked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PolicyRoom(
            String place,
            String name,
            @Nullable String arn,
            int characters,
            int limit,
            @Nullable String version,
            @Nullable List<String> versions) {

        static PolicyRoom of(
                PolicySlot slot,
                String document,
                DesiredRole.Present desired,
                Optional<PolicyArns> arns,
                Map<String, AttachedPolicy> attached) {
            Optional<String> arn = arns.filter(all -> !slot.isInline()).map(all -> all.of(slot));
            Optional<AttachedPolicy> found = arn.map(attached::get);
            return new PolicyRoom(
                    slot.isInline() ? "inline" : "managed",
                    slot.policyName(desired.name()),
                    arn.orElse(null),
                    PolicyDocument.size(document),
                    slot.limit(),
                    found.map(policy -> policy.policy().version()).orElse(null),
                    found.map(AttachedPolicy::versions).orElse(null));
        }
    }
}
