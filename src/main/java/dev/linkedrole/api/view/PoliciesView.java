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
 * How full a role is: the policies that it has to have, and how many more there may be.
 *
 * @param count how many policies there are
 * @param limit how many there may be
 * @param characters how many characters they have together, as IAM counts them
 * @param characterLimit how many all that there may be can have together
 * @param each the policies, in the order in which they are filled
 */
public record PoliciesView(int count, int limit, int characters, int characterLimit, List<PolicyRoom> each) {

    /** As far as the ledger knows. */
    static @Nullable PoliciesView of(DesiredRole wanted, Optional<String> roleArn) {
        return of(wanted, roleArn, Map.of());
    }

    /**
     * With the versions that IAM has.
     *
     * @param attached the managed policies attached to the role, by their ARNs
     */
    static @Nullable PoliciesView of(
            DesiredRole wanted, Optional<String> roleArn, Map<String, AttachedPolicy> attached) {
        if (!(wanted instanceof DesiredRole.Present present)) {
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
     * How full a policy is.
     *
     * @param place {@code inline} or {@code managed}
     * @param name its name in IAM
     * @param arn its ARN, if it is a managed one of a role that was made
     * @param characters how many it has, as IAM counts them
     * @param limit how many it may have
     * @param version the version in force; absent if IAM was not asked
     * @param versions all that IAM keeps of it, newest first; absent if IAM was not asked
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
                PolicySlot home,
                String document,
                DesiredRole.Present wanted,
                Optional<PolicyArns> arns,
                Map<String, AttachedPolicy> attached) {
            Optional<String> arn = arns.filter(all -> !home.isInline()).map(all -> all.of(home));
            Optional<AttachedPolicy> found = arn.map(attached::get);
            return new PolicyRoom(
                    home.isInline() ? "inline" : "managed",
                    home.policyName(wanted.name()),
                    arn.orElse(null),
                    PolicyDocument.size(document),
                    home.limit(),
                    found.map(policy -> policy.policy().version()).orElse(null),
                    found.map(AttachedPolicy::versions).orElse(null));
        }
    }
}
