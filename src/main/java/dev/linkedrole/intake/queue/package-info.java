/**
 * Library that consumes any queue: receive, handle, acknowledge, and extend visibility. It knows neither SQS nor
 * a framework; the queue ({@link dev.linkedrole.intake.queue.MessageQueue}) and the handler
 * ({@link dev.linkedrole.intake.queue.BatchHandler}) are ports.
 *
 * <p>May use {@code concurrent}, {@code retry}.
 */
@NullMarked
package dev.linkedrole.intake.queue;

import org.jspecify.annotations.NullMarked;
