/**
 * Dead letters: what is in the dead-letter queues and why, without consuming it, and the redrive of those that an
 * operator chooses.
 *
 * <p>May use {@code intake.consumer}, {@code intake.envelope}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.intake.deadletters;

import org.jspecify.annotations.NullMarked;
