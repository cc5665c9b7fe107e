/**
 * Progress of the periodic check against Amazon Connect, account by account and region by region.
 *
 * <p>May use {@code ledger.imports}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.ledger.checks;

import org.jspecify.annotations.NullMarked;
