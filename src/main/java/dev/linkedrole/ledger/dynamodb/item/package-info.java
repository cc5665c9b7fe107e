/**
 * Items of the DynamoDB table: their keys, attributes and sizes.
 *
 * <p>May use {@code ledger}, {@code ledger.checks}, {@code ledger.imports}, {@code role.fingerprint}, {@code role.guard},
 * {@code role.identity}, {@code role.model}, {@code role.outcome}, {@code role.packing}, {@code role.pause}, {@code role.plan}.
 */
@NullMarked
package dev.linkedrole.ledger.dynamodb.item;

import org.jspecify.annotations.NullMarked;
