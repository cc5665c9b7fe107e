/**
 * Making IAM match what is recorded: an event is recorded and its role reconciled ({@link
 * dev.linkedrole.reconcile.EventHandler}), and every role is compared with IAM from time to time ({@link
 * dev.linkedrole.reconcile.Resync}).
 *
 * <p>May use {@code role}, {@code ledger}, {@code iam}, {@code retry} and {@code concurrent}.
 */
@NullMarked
package dev.linkedrole.reconcile;

import org.jspecify.annotations.NullMarked;
