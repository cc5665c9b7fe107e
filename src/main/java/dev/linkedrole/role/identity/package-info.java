/**
 * Identity of a role: its name, path and tags, and the ledger that recorded it.
 *
 * <p>May use {@code role.model}.
 */
@NullMarked
package dev.linkedrole.role.identity;

import org.jspecify.annotations.NullMarked;
