/** Tests of {@code ledger.listing}. */
@NullMarked
package dev.linkedrole.ledger.listing;

import org.jspecify.annotations.NullMarked;
