/**
 * The pure core: what a role should be, decided from events alone.
 *
 * <p>Nothing here does I/O, reads a clock or knows a framework; it may use only the JDK, the AWS SDK's ARN parser and its
 * policy builder. Everything else in the project depends on this package, and it on nothing.
 */
@NullMarked
package dev.linkedrole.role;

import org.jspecify.annotations.NullMarked;
