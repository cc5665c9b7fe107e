/**
 * States of a role: desired (compiled from the catalog), actual (as IAM has it) and observed, and their
 * fingerprints, by which they are compared.
 *
 * <p>May use {@code role.catalog}, {@code role.identity}, {@code role.model}, {@code role.packing},
 * {@code role.policy}.
 */
@NullMarked
package dev.linkedrole.role.state;

import org.jspecify.annotations.NullMarked;
