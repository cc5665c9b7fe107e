package dev.linkedrole.iam;

import dev.linkedrole.role.model.InstanceArn;

/**
 * An AWS account, in its partition.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov}...
 * @param id twelve digits
 */
public record AwsAccount(String partition, String id) {

    /** Returns the account that an instance is in. */
    public static AwsAccount of(InstanceArn instance) {
        return new AwsAccount(instance.partition(), instance.account());
    }
}
