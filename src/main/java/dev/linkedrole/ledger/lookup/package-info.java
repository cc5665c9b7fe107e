/**
 * Look-up of roles by what is known of them: directly by what holds the instance's id, and else page by page through
 * the list of all roles.
 *
 * <p>May use {@code ledger}, {@code ledger.listing}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.ledger.lookup;

import org.jspecify.annotations.NullMarked;
