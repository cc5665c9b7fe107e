/**
 * Intake of messages: from SQS through channels to {@code @Incoming} consumers; a message is deleted only once
 * its event is recorded and its role reconciled, or its copy is in the dead-letter queue.
 *
 * <p>May use {@code config}, {@code intake.consumer}, {@code intake.deadletters}, {@code intake.envelope},
 * {@code intake.sqs}, {@code reconcile}, {@code reconcile.concurrency}, {@code reconcile.event},
 * {@code reconcile.guard}, {@code reconcile.resync}, {@code retry}, {@code role.model}, {@code role.outcome}.
 */
@NullMarked
package dev.linkedrole.intake;

import org.jspecify.annotations.NullMarked;
