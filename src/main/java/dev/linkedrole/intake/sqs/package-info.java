/**
 * SQS: looking up queues, receiving, and moving rejected messages to the dead-letter queue.
 *
 * <p>May use {@code intake.envelope}, {@code intake.consumer}.
 */
@NullMarked
package dev.linkedrole.intake.sqs;

import org.jspecify.annotations.NullMarked;
