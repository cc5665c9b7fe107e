/**
 * Publishing of outcomes: from the outbox of the ledger to an SNS topic, an EventBridge bus or an SQS queue, as
 * CloudEvents.
 *
 * <p>May use {@code config}, {@code ledger}, {@code retry}, {@code role.model}, {@code role.outcome}, {@code role.plan}.
 */
@NullMarked
package dev.linkedrole.outcome;

import org.jspecify.annotations.NullMarked;
