/** The progress of the check in memory, and the contract of all its stores. */
@NullMarked
package dev.linkedrole.ledger.checks;

import org.jspecify.annotations.NullMarked;
