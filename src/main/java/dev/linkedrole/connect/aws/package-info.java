/**
 * Amazon Connect by HTTP: a client of its own on the AWS SDK's parts, for the few calls that are read.
 *
 * <p>May use {@code connect}, {@code iam}, {@code iam.aws}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.aws;

import org.jspecify.annotations.NullMarked;
