/**
 * Imports: the instances of the accounts and regions that an operator asks for are read, and what the ledger lacks is
 * recorded; and the report of instances without a role, and roles without an instance.
 *
 * <p>May use {@code connect}, {@code connect.comparison}, {@code connect.recording}, {@code connect.walk}, {@code
 * ledger}, {@code ledger.imports}, {@code loop}, {@code reconcile.concurrency}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.connect.imports;

import org.jspecify.annotations.NullMarked;
