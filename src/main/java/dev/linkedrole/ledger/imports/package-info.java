/**
 * Imports that operators asked for: the locations to read, how far each has got, and the instances that differed.
 *
 * <p>May use {@code role.model}.
 */
@NullMarked
package dev.linkedrole.ledger.imports;

import org.jspecify.annotations.NullMarked;
