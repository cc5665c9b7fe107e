/**
 * Reconciliation of one role: IAM is made to match the record, and the record is then checked for newer revisions. Also
 * the inspection of a role without a change, and the preview of changes.
 *
 * <p>May use {@code iam}, {@code ledger}, {@code ledger.pauses}, {@code loop}, {@code reconcile.apply},
 * {@code reconcile.concurrency}, {@code retry}, {@code role.identity}, {@code role.model}, {@code role.outcome},
 * {@code role.packing}, {@code role.pause}, {@code role.plan}, {@code role.policy}, {@code role.state}.
 */
@NullMarked
package dev.linkedrole.reconcile;

import org.jspecify.annotations.NullMarked;
