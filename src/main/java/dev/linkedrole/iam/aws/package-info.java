/**
 * Adapters of IAM and STS by the AWS SDK.
 *
 * <p>May use {@code iam}, {@code retry}, {@code role.fingerprint}, {@code role.identity}, {@code role.model}, {@code
 * role.plan}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.iam.aws;

import org.jspecify.annotations.NullMarked;
