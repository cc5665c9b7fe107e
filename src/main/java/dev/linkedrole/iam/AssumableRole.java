package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;
import java.util.Optional;

/**
 * A role that the controller assumes to work in an account.
 *
 * @param arn its ARN, in which {@code {partition}} and {@code {account}} stand for the instance's
 * @param externalId the external id that its trust policy requires, if it requires one
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">external
 *     ids</a>
 */
public record AssumableRole(String arn, Optional<String> externalId) {

    /** Returns the role for one instance, with its whole ARN. */
    AssumableRole of(InstanceArn instance) {
        return new AssumableRole(
                arn.replace("{partition}", instance.partition()).replace("{account}", instance.account()), externalId);
    }

    /**
     * True if the role is in the instance's account and partition: a role made anywhere else would be in the wrong
     * account.
     */
    public boolean isWith(InstanceArn instance) {
        return arn.startsWith("arn:" + instance.partition() + ":iam::" + instance.account() + ":role/");
    }
}
