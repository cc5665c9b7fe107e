/** Tests of the ledger in DynamoDB. */
@NullMarked
package dev.linkedrole.ledger.dynamodb;

import org.jspecify.annotations.NullMarked;
