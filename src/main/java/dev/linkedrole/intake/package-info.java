/**
 * The way in: messages are received from SQS, go through channels to {@code @Incoming} consumers, are read, and either taken all the way
 * by {@code reconcile} or refused to their dead-letter queue.
 *
 * <p>May use {@code role}, {@code retry}, {@code concurrent} and {@code reconcile}. A message is deleted only once its event is recorded and its role
 * reconciled, or once its copy is in the dead-letter queue.
 */
@NullMarked
package dev.linkedrole.intake;

import org.jspecify.annotations.NullMarked;
