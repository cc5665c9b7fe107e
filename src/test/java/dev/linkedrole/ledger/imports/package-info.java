/** Imports in the ledger: the contract of the port, and a model that stands in for DynamoDB. */
@NullMarked
package dev.linkedrole.ledger.imports;

import org.jspecify.annotations.NullMarked;
