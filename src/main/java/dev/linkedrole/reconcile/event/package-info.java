/**
 * Handling of events: decided, recorded in batches of one instance, and answered.
 *
 * <p>May use {@code loop}, {@code iam}, {@code ledger}, {@code reconcile}, {@code reconcile.apply}, {@code
 * reconcile.concurrency}, {@code retry}, {@code role.identity}, {@code role.model}, {@code role.outcome}, {@code
 * role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile.event;

import org.jspecify.annotations.NullMarked;
