/**
 * SQS: looking up queues, receiving, and moving rejected messages to the dead-letter queue.
 *
 * <p>May use {@code intake.consumer}, {@code intake.deadletters}, {@code intake.envelope}.
 */
@NullMarked
package dev.linkedrole.intake.sqs;

import org.jspecify.annotations.NullMarked;
