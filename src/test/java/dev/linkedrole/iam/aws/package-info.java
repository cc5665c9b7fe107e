/** Tests of IAM by the SDK. */
@NullMarked
package dev.linkedrole.iam.aws;

import org.jspecify.annotations.NullMarked;
