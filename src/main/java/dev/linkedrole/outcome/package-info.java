/**
 * Telling those who wait what became of their events: outcomes are taken from the ledger's {@link dev.linkedrole.ledger.Outbox}, published as
 * CloudEvents to an SNS topic, an EventBridge bus or an SQS queue, and then taken out.
 *
 * <p>May use {@code role}, {@code retry} and {@code ledger}. Nothing waits for what happens here.
 */
@NullMarked
package dev.linkedrole.outcome;

import org.jspecify.annotations.NullMarked;
