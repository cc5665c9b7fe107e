/**
 * Publishing of outcomes: from the outbox of the ledger to an SNS topic, an EventBridge bus or an SQS queue, as
 * CloudEvents.
 *
 * <p>May use {@code config}, {@code ledger}, {@code retry}, {@code role.model}, {@code role.outcome}.
 */
@NullMarked
package dev.linkedrole.outcome;

import org.jspecify.annotations.NullMarked;
