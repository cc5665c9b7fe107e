/**
 * Library that consumes any queue: receive, handle, acknowledge, and extend visibility. It knows neither SQS nor
 * a framework; the queue ({@link dev.linkedrole.intake.consumer.MessageQueue}) and the handler
 * ({@link dev.linkedrole.intake.consumer.BatchHandler}) are ports.
 *
 * <p>May use {@code loop}, {@code retry}.
 */
@NullMarked
package dev.linkedrole.intake.consumer;

import org.jspecify.annotations.NullMarked;
