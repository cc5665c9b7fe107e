/**
 * Tests the meaning of compiled policies with a public evaluator of IAM policies that shares nothing with this project.
 * See {@code src/test/iam-simulate}.
 */
@NullMarked
package dev.linkedrole.agreement;

import org.jspecify.annotations.NullMarked;
