/**
 * States of a role: desired (compiled from the catalog), actual (as IAM has it) and observed.
 *
 * <p>May use {@code role.catalog}, {@code role.fingerprint}, {@code role.identity}, {@code role.model},
 * {@code role.packing}, {@code role.policy}.
 */
@NullMarked
package dev.linkedrole.role.state;

import org.jspecify.annotations.NullMarked;
