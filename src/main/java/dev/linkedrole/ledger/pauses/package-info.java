/**
 * Pauses in the ledger: the port to them, and the view of them that each replica has, of bounded age.
 *
 * <p>May use {@code config}, {@code retry}, {@code role.pause}.
 */
@NullMarked
package dev.linkedrole.ledger.pauses;

import org.jspecify.annotations.NullMarked;
