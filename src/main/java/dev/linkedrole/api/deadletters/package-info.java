/**
 * REST resource of the dead letters.
 *
 * <p>May use {@code api}, {@code api.view}, {@code intake.deadletters}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.api.deadletters;

import org.jspecify.annotations.NullMarked;
