/**
 * Comparison of what Amazon Connect says of an instance with what is recorded of it: the catalog's rules on API calls,
 * applied to the calls that would have led to the settings that were read.
 *
 * <p>May use {@code connect}, {@code intake.envelope}, {@code role.catalog}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.comparison;

import org.jspecify.annotations.NullMarked;
