/**
 * Callers of the API: authentication, and the log of what they change.
 *
 * <p>May use {@code api}, {@code config}.
 */
@NullMarked
package dev.linkedrole.api.security;

import org.jspecify.annotations.NullMarked;
