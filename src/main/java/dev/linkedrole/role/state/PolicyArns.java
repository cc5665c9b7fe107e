package dev.linkedrole.role.state;

import dev.linkedrole.role.identity.RoleName;
import dev.linkedrole.role.model.InvalidValueException;
import dev.linkedrole.role.model.LogText;
import dev.linkedrole.role.packing.PolicySlot;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ARNs of the managed policies of one role. They follow from the role's ARN, so that any replica finds a policy whose
 * maker died before recording it.
 *
 * @param prefix their common prefix: {@code arn:PARTITION:iam::ACCOUNT:policy} and the path
 * @param role the role's name
 */
public record PolicyArns(String prefix, RoleName role) {

    private static final Pattern ROLE = Pattern.compile("(arn:[^:]+:iam::[^:]*:)role/.+");

    /**
     * Returns the ARNs of the policies of a role.
     *
     * @param roleArn ARN of the role, for the account; its path may be another if the role was adopted
     * @param path the IAM path of our policies
     * @throws InvalidValueException if it is not the ARN of a role
     */
    public static PolicyArns of(String roleArn, String path, RoleName role) {
        Matcher matcher = ROLE.matcher(roleArn);
        if (!matcher.matches()) {
            throw new InvalidValueException("the ARN of a role was expected, not " + LogText.of(roleArn));
        }
        return new PolicyArns(matcher.group(1) + "policy" + path, role);
    }

    public String of(PolicySlot slot) {
        return prefix + slot.policyName(role);
    }

    /** Returns the policy of the role with this ARN; empty if none has it. */
    public Optional<PolicySlot> slotOf(String policyArn) {
        return policyArn.startsWith(prefix)
                ? PolicySlot.ofPolicyName(role, policyArn.substring(prefix.length()))
                : Optional.empty();
    }
}
