/**
 * Fingerprints of a role: the components that IAM changes by calls of their own, and a digest of each.
 *
 * <p>May use {@code role.model}, {@code role.packing}.
 */
@NullMarked
package dev.linkedrole.role.fingerprint;

import org.jspecify.annotations.NullMarked;
