/**
 * REST resource of the pauses, and its JSON.
 *
 * <p>May use {@code api}, {@code reconcile.operations}, {@code role.model}, {@code role.pause}.
 */
@NullMarked
package dev.linkedrole.api.pauses;

import org.jspecify.annotations.NullMarked;
