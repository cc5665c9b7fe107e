/**
 * Walk over the instances of one account and region, each read whole, by one replica at a time. It knows nothing of why
 * they are read.
 *
 * <p>May use {@code connect}, {@code ledger}, {@code loop}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.walk;

import org.jspecify.annotations.NullMarked;
