/**
 * Ledger, leases, outbox, imports, checks and role listing in one DynamoDB table.
 *
 * <p>May use {@code ledger}, {@code ledger.checks}, {@code ledger.dynamodb.item}, {@code ledger.imports}, {@code ledger.listing},
 * {@code ledger.pauses}, {@code retry}, {@code role.guard}, {@code role.identity}, {@code role.model}, {@code role.outcome},
 * {@code role.pause}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.ledger.dynamodb;

import org.jspecify.annotations.NullMarked;
