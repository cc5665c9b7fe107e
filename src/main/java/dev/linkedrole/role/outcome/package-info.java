/**
 * Outcomes of events, and the acknowledgements that producers still wait for.
 *
 * <p>May use {@code role.identity}, {@code role.model}, {@code role.plan}.
 */
@NullMarked
package dev.linkedrole.role.outcome;

import org.jspecify.annotations.NullMarked;
