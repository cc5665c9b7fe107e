/**
 * Bounds on concurrent work: one at a time for an instance, a bulkhead for each account, and the exceptions for work
 * that was not begun.
 *
 * <p>May use {@code loop}, {@code retry}, {@code role.model}.
 */
@NullMarked
package dev.linkedrole.reconcile.concurrency;

import org.jspecify.annotations.NullMarked;
