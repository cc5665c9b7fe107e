/** Tests of the ledger in its table. */
@NullMarked
package dev.linkedrole.ledger;

import org.jspecify.annotations.NullMarked;
