/**
 * Reconciliation of one role: what is recorded, made true in IAM, then checked. Also the inspection of a role
 * without a change.
 *
 * <p>May use {@code loop}, {@code iam}, {@code ledger}, {@code reconcile.apply},
 * {@code reconcile.concurrency}, {@code retry}, {@code role.identity}, {@code role.model}, {@code role.outcome},
 * {@code role.packing}, {@code role.plan}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile;

import org.jspecify.annotations.NullMarked;
