/**
 * Plans: the ordered steps that bring a role from what it is to what it should be, and the drift between the
 * two.
 *
 * <p>May use {@code role.fingerprint}, {@code role.identity}, {@code role.model}, {@code role.packing},
 * {@code role.policy}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.role.plan;

import org.jspecify.annotations.NullMarked;
