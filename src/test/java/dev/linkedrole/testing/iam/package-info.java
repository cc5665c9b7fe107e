/** Readers and editors of IAM that share nothing with the service, and tables of expected permissions. */
@NullMarked
package dev.linkedrole.testing.iam;

import org.jspecify.annotations.NullMarked;
