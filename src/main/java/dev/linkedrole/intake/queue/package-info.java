/**
 * Consuming a queue: receiving in batches, having them handled, deleting what is done, putting back what failed, and keeping hold of
 * what takes long.
 *
 * <p>Knows neither SQS nor a framework, and no clock, chance or thread of its own: the queue is a port ({@link
 * dev.linkedrole.intake.queue.MessageQueue}), what is done with messages is another ({@link
 * dev.linkedrole.intake.queue.BatchHandler}), and all waiting is done by {@code retry}.
 *
 * <p>May use {@code retry} and {@code concurrent}: it is a library, and knows nothing of roles.
 */
@NullMarked
package dev.linkedrole.intake.queue;

import org.jspecify.annotations.NullMarked;
