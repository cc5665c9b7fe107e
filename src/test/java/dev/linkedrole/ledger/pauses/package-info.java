/** The pauses in memory, and tests of a replica's view of them. */
@NullMarked
package dev.linkedrole.ledger.pauses;

import org.jspecify.annotations.NullMarked;
