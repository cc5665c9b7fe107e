/** Tests of the way to IAM. */
@NullMarked
package dev.linkedrole.iam;

import org.jspecify.annotations.NullMarked;
