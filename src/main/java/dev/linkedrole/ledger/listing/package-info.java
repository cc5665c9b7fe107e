/**
 * List of all roles, a page at a time.
 *
 * <p>May use {@code role.model}.
 */
@NullMarked
package dev.linkedrole.ledger.listing;

import org.jspecify.annotations.NullMarked;
