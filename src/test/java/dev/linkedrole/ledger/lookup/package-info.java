/** Tests of the look-up of roles, on a ledger in memory. */
@NullMarked
package dev.linkedrole.ledger.lookup;

import org.jspecify.annotations.NullMarked;
