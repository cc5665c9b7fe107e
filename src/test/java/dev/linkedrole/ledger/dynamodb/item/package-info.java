/** Tests of the table's items. */
@NullMarked
package dev.linkedrole.ledger.dynamodb.item;

import org.jspecify.annotations.NullMarked;
