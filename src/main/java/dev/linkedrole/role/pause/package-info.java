/**
 * Pauses: operators' requests that nothing is written to IAM for a while, for all roles, those of an account, or one.
 *
 * <p>May use {@code role.model}.
 */
@NullMarked
package dev.linkedrole.role.pause;

import org.jspecify.annotations.NullMarked;
