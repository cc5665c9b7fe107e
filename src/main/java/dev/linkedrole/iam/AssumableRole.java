package dev.linkedrole.iam;

import java.util.Optional;

/**
 * A role that the controller assumes to work in an account.
 *
 * @param arn its ARN, in which {@code {partition}} and {@code {account}} stand for the account's
 * @param externalId the external id that its trust policy requires, if it requires one
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">external
 *     ids</a>
 */
public record AssumableRole(String arn, Optional<String> externalId) {

    /** Returns the role in one account, with its whole ARN. */
    AssumableRole of(AwsAccount account) {
        return new AssumableRole(
                arn.replace("{partition}", account.partition()).replace("{account}", account.id()), externalId);
    }

    /**
     * True if the role is in the account and its partition: a role that is made with it would be in the wrong account
     * otherwise.
     */
    public boolean isIn(AwsAccount account) {
        return arn.startsWith("arn:" + account.partition() + ":iam::" + account.id() + ":role/");
    }
}
