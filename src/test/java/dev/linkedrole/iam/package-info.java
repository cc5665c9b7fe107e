/** Tests of accounts and their circuit breaker. */
@NullMarked
package dev.linkedrole.iam;

import org.jspecify.annotations.NullMarked;
